import ArgumentParser
import Interpreter
import KConvert
import TensorFiles

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The command that measures how good files are: `kconvert evaluate float.tflite int8.tflite --data test.npz --truth y`.
struct EvaluateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "evaluate",
        abstract: "Measure the accuracy of .tflite files on data, side by side.")

    @Argument(help: "The .tflite files; others are compared with the first.", completion: .file())
    var models: [String]

    @Option(
        help: "The inputs: a .npz file with an array for each, or a .npy file.", completion: .file()
    )
    var data: String

    @Option(help: "The array of true classes in the .npz file, as numbers or as a row of scores.")
    var truth: String?

    @Option(help: "Count an answer as right if the truth is among this number of the greatest.")
    var top = 5

    @Option(help: "The output to look at; by default the first.")
    var output: String?

    @Option(help: "The number of threads.")
    var threads = 1

    @OptionGroup var limitOptions: LimitOptions

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard threads >= 1, top >= 1 else {
            throw ValidationError("--threads and --top must be at least 1.")
        }
    }

    func run() throws {
        try Command.reportingErrors {
            try limitOptions.limits.apply { try compare() }
        }
    }

    private func compare() throws {
        let truth = try truth.map { try classes(in: $0) }
        var rows: [EvaluationRow] = []
        var first: ScoreTable?
        for path in models {
            let scores = try self.scores(of: path)
            if let truth, truth.count != scores.rowCount {
                throw Self.failure(
                    "'\(self.truth ?? "")' holds \(truth.count) classes, the data \(scores.rowCount) samples"
                )
            }
            if let first, first.values.count != scores.values.count {
                throw Self.failure(
                    "the outputs of '\(path)' have other sizes than those of the first file")
            }
            rows.append(
                EvaluationRow(path, scores, truth: truth, top: top, reference: first))
            if first == nil { first = scores }
        }
        try Command.printOutput(json ? jsonText(rows) : EvaluationRow.text(rows, top: top))
    }

    private func scores(of path: String) throws -> ScoreTable {
        let model = try LiteModel(contentsOf: path, options: .init(threads: threads))
        let outputs = try model.predict(try model.readInputs([data]))
        let names = model.outputNames
        guard let index = output.map({ names.firstIndex(of: $0) }) ?? 0,
            outputs.indices.contains(index)
        else {
            throw Self.failure(
                "'\(path)' has no output '\(output ?? "")', it has " + names.joined(separator: ", ")
            )
        }
        return ScoreTable(outputs[index])
    }

    /// The true classes: numbers, or the greatest of a row of scores.
    private func classes(in name: String) throws -> [Int] {
        let arrays = try TensorFile.read(data)
        guard let array = arrays.first(where: { $0.name == name })?.tensor else {
            throw Self.failure(
                "the data hold no array '\(name)', they hold "
                    + arrays.map(\.name).joined(separator: ", "))
        }
        return try array.classes.enumerated().map { row, number in
            guard let number else {
                throw Self.failure(
                    "the array '\(name)' in '\(data)' holds \(array.doubles[row]), which is not a class"
                )
            }
            return number
        }
    }

    private func jsonText(_ rows: [EvaluationRow]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(rows), as: UTF8.self)
    }

    private static func failure(_ text: String) -> Command.Failure {
        Command.Failure(description: "error: \(text).", code: .usage)
    }
}
