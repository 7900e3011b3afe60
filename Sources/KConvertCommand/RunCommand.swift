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
        name: [.short, .long], help: "Write the outputs to a .npz, .npy or .csv file.",
        completion: .file())
    var output: String?

    @Option(help: "Print the largest elements of each output and where they are.")
    var top: Int?

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
    }

    func run() throws {
        try Command.reportingErrors {
            let file = try LiteModel(contentsOf: model, options: .init(threads: threads))
            let scale = ImageScale(
                mean: mean.numbers, deviation: std.numbers, channels: file.imageChannels)
            let inputs = try InputArrays(paths: input, images: scale).tensors(for: file)
            let outputs = try file.predict(inputs)
            let named = outputs.enumerated().map { (file.nameOfOutput($0), $1.tensor) }
            if let output { try write(named, to: output) }
            if output == nil || top != nil {
                for (name, array) in named { print(OutputText(name, array, top: top).text) }
            }
        }
    }

    private func write(_ arrays: [(name: String, array: Tensor)], to path: String) throws {
        let isTable = path.hasSuffix(".csv")
        guard isTable || path.hasSuffix(".npy") else {
            return try Command.writeFile(try NPZ.write(arrays), to: path)
        }
        guard arrays.count == 1 else {
            throw Problem(
                .invalidArgument(
                    "the model has \(arrays.count) outputs, such a file holds one array",
                    remedy: "Name a .npz file."), file: path)
        }
        try isTable
            ? Command.writeFile(CSV.write(arrays[0].array), to: path)
            : Command.writeFile(NPY.write(arrays[0].array), to: path)
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
    /// The channels of the first input that can take an image; 3 where none can.
    fileprivate var imageChannels: Int {
        inputs.lazy.filter { $0.shape.count == 4 }.compactMap { $0.shape.last }
            .first { [1, 3, 4].contains($0) } ?? 3
    }
}
