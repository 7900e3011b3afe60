import Archives
import ArgumentParser
import Interpreter
import Problems
import Tensors

/// The command that runs a file: `kconvert run model.tflite --input x.npy`.
struct RunCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Run a .tflite file on arrays.")

    @Argument(help: "The .tflite file.", completion: .file())
    var model: String

    @Option(
        name: [.short, .long],
        help: "Arrays to run on: x.npy, name=x.npy, or x.npz; may be repeated.")
    var input: [String] = []

    @Option(
        name: [.short, .long], help: "Write the outputs to a .npz or .npy file.",
        completion: .file())
    var output: String?

    @Option(help: "Print the largest elements of each output and where they are.")
    var top: Int?

    @Option(help: "The number of threads.")
    var threads = 1

    func validate() throws {
        guard threads >= 1, top ?? 1 >= 1 else {
            throw ValidationError("--threads and --top take numbers from 1 on.")
        }
    }

    func run() throws {
        try Command.reportingErrors {
            let file = try LiteModel(contentsOf: model, options: .init(threads: threads))
            let inputs = try InputArrays(paths: input).tensors(for: file)
            let outputs = try file.predict(inputs)
            let named = zip(file.outputs.map(\.name), outputs).map { ($0, $1.tensor) }
            if let output { try write(named, to: output) }
            if output == nil || top != nil {
                for (name, array) in named { print(OutputText(name, array, top: top).text) }
            }
        }
    }

    private func write(_ arrays: [(name: String, array: Tensor)], to path: String) throws {
        if path.hasSuffix(".npy") {
            guard arrays.count == 1 else {
                throw Problem(
                    .invalidArgument(
                        "the model has \(arrays.count) outputs, a .npy file holds one array",
                        remedy: "Name a .npz file."), file: path)
            }
            try Command.writeFile(try NPY.write(arrays[0].array), to: path)
        } else {
            try Command.writeFile(try NPZ.write(arrays), to: path)
        }
    }
}
