import ArgumentParser
import Interpreter
import TensorFiles

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
        help:
            "A file with a name for each element of the outputs, one a line; prints the five largest.",
        completion: .file())
    var labels: String?

    @Option(help: "Run this entry point of the file.")
    var signature: String?

    @Option(
        help: "Images: subtract this from pixels of 0 to 255; one number, or one for each channel.")
    var mean = NumberList([0])

    @Option(help: "Images: then divide by this; one number, or one for each channel.")
    var std = NumberList([1])

    @Option(help: "The number of threads.")
    var threads = 1

    @OptionGroup var limitOptions: LimitOptions

    func validate() throws {
        guard threads >= 1, top ?? 1 >= 1 else {
            throw ValidationError("--threads and --top must be at least 1.")
        }
        guard std.numbers.allSatisfy({ $0 != 0 }) else {
            throw ValidationError("--std takes numbers other than 0.")
        }
        guard output.map({ $0 == "-" || TensorFile.Format(path: $0) != nil }) ?? true else {
            throw ValidationError("--output takes a .npz, .npy or .csv file, or - for a table.")
        }
    }

    func run() throws {
        try Command.reportingErrors {
            try Command.keepApart(outputs: [output], inputs: [model, labels] + input)
            try limitOptions.limits.apply { try runFile() }
        }
    }

    private func runFile() throws {
        let whole = try LiteModel(contentsOf: model, options: .init(threads: threads))
        let file = try signature.map(whole.entryPoint) ?? whole
        let scale = ImageScale(mean: mean.numbers, deviation: std.numbers)
        let inputs = try file.readInputs(input, images: scale)
        let labels = try labels.map(Labels.init(path:))
        let outputs = Array(zip(file.outputNames, try file.predict(inputs)))
        if let output { try write(outputs, to: output) }
        if output == nil || top != nil || labels != nil {
            let top = top ?? labels.map { _ in 5 }
            let texts = zip(outputs, file.outputs).map {
                OutputText($0.0, $0.1, $1, top: top, labels: labels).text
            }
            try Command.printOutput(texts.joined(separator: "\n"))
        }
    }

    private func write(_ outputs: [(String, LiteTensor)], to path: String) throws {
        let format = TensorFile.Format(path: path)
        let bytes = try TensorFile.encode(
            outputs.map { (name: $0, tensor: $1) }, as: format ?? .csv)
        if format != nil {
            try Command.writeFile(bytes, to: path)
        } else {
            try Command.printOutput(String(decoding: bytes.dropLast(), as: UTF8.self))
        }
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
