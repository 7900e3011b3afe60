import Archives
import ArgumentParser
import Interpreter
import Problems
import Tensors

/// The command that runs a file: `kconvert run model.tflite --input x.npy`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a .tflite file on arrays, tables or images.")

    @Argument(help: "The .tflite file.", completion: .file())
    var model: String

    @Option(
        name: [.short, .long],
        help: """
            What to run on: x.npy, x.csv, x.png, x.jpg, name=x.npy, or x.npz; may be repeated. \
            Several images are one batch.
            """)
    var input: [String] = []

    @Option(
        name: [.short, .long],
        help:
            "Write the outputs to a .npz, .npy or .csv file, or as a table to standard output (-).",
        completion: .file())
    var output: String?

    @Option(help: "Print the largest elements of each output and where they are.")
    var top: Int?

    @Option(
        help: "Names for the elements of outputs, a line for each; prints the five largest.",
        completion: .file())
    var labels: String?

    @Option(help: "Run this entry point of the file.")
    var signature: String?

    @Option(
        help: "Images: subtract this from pixels of 0 to 255; one number, or one for each channel.")
    var mean = NumberList([0])

    @Option(help: "Images: divide by this then; one number, or one for each channel.")
    var std = NumberList([1])

    @Option(help: "The number of threads.")
    var threads = 1

    func validate() throws {
        guard threads >= 1, top ?? 1 >= 1 else {
            throw ValidationError("--threads and --top take numbers from 1 on.")
        }
        guard std.numbers.allSatisfy({ $0 != 0 }) else {
            throw ValidationError("--std takes numbers other than 0.")
        }
        guard output.map(OutputFormat.init(path:)) != .some(nil) else {
            throw ValidationError("--output takes a .npz, .npy or .csv file, or - for a table.")
        }
    }

    func run() throws {
        try Command.reportingErrors {
            let whole = try LiteModel(contentsOf: model, options: .init(threads: threads))
            let file = try signature.map(whole.entryPoint) ?? whole
            let scale = ImageScale(
                mean: mean.numbers, deviation: std.numbers, channels: file.imageChannels)
            let inputs = try InputArrays(paths: input, images: scale).tensors(for: file)
            let labels = try labels.map(Labels.init(path:))
            let outputs = try Command.naming(model) { try file.predict(inputs) }
            let named = outputs.enumerated().map { (file.nameOfOutput($0), $1.tensor) }
            if let output { try write(named, to: output) }
            if output == nil || top != nil || labels != nil {
                let top = top ?? labels.map { _ in 5 }
                let texts = named.map { OutputText($0, $1, top: top, labels: labels).text }
                try Command.printOutput(texts.joined(separator: "\n"))
            }
        }
    }

    private func write(_ arrays: [(name: String, array: Tensor)], to path: String) throws {
        let format = OutputFormat(path: path)
        guard format == .archive || arrays.count == 1 else {
            throw Problem(
                .invalidArgument(
                    "the model has \(arrays.count) outputs, this holds one array",
                    remedy: "Name a .npz file."), file: path)
        }
        switch format {
        case .array: try Command.writeFile(NPY.write(arrays[0].array), to: path)
        case .table: try Command.writeFile(CSV.write(arrays[0].array), to: path)
        case .print: try Command.printOutput(String(CSV.write(arrays[0].array).dropLast()))
        case .archive, nil: try Command.writeFile(try NPZ.write(arrays), to: path)
        }
    }
}

/// How outputs are written, by the ending of the file.
private enum OutputFormat {
    case archive, array, table, print

    /// The format for a path; nil for an unknown ending.
    init?(path: String) {
        let formats: [(String, OutputFormat)] = [
            (".npz", .archive), (".npy", .array), (".csv", .table),
        ]
        let known = formats.first { path.lowercased().hasSuffix($0.0) }?.1
        guard let format = path == "-" ? .print : known else { return nil }
        self = format
    }
}

/// Numbers with commas between them on the command line.
struct NumberList: ExpressibleByArgument {
    let numbers: [Double]

    init(_ numbers: [Double]) {
        self.numbers = numbers
    }

    init?(argument: String) {
        let fields = argument.split(separator: ",", omittingEmptySubsequences: false)
        numbers = fields.compactMap { Double($0) }.filter(\.isFinite)
        guard numbers.count == fields.count, !numbers.isEmpty else { return nil }
    }

    var defaultValueDescription: String { numbers.map { "\($0)" }.joined(separator: ",") }
}

extension LiteModel {
    /// The channels of the first input that can take an image, 1 for one without an axis of channels; 3 where none can.
    fileprivate var imageChannels: Int {
        let channels = inputs.lazy.filter { $0.shape.count == 4 }.compactMap { $0.shape.last }
            .first { [1, 3, 4].contains($0) }
        return channels ?? (inputs.contains { $0.shape.count == 3 } ? 1 : 3)
    }
}
