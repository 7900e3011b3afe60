import ArgumentParser
import KConvert

/// The command that compares a file with its model: `kconvert verify model.json weights.h5 model.tflite`.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Compare a .tflite file with the Keras model that it was made from.")

    @Argument(
        help: "The model (and its weights), then the .tflite file.", completion: .file())
    var files: [String]

    @Option(help: "Compare on arrays recorded in a .npz file.", completion: .file())
    var data: String?

    @OptionGroup var modelArguments: ModelArguments

    @Flag(help: "Print every layer that the file has a tensor for.")
    var perLayer = false

    @Flag(help: "Use double accumulation for the model.")
    var full = false

    @Option(help: "The largest accepted error, relative to the spread of an output.")
    var tolerance = 1e-3

    @Option(help: "The seed of the generated inputs.")
    var seed: UInt64 = 1

    @Option(help: "How many threads to use; by default one per processor.")
    var threads: Int?

    @OptionGroup var limitOptions: LimitOptions

    @Flag(help: "Print JSON.")
    var json = false

    @Option(help: "Write the comparison to an HTML file.", completion: .file())
    var html: String?

    func validate() throws {
        guard (2...3).contains(files.count) else {
            throw ValidationError("Give the model, its weights if separate, and the .tflite file.")
        }
        guard threads ?? 1 >= 1 else { throw ValidationError("--threads must be at least 1.") }
    }

    func run() throws {
        try Command.reportingErrors {
            try Command.keepApart(outputs: [html], inputs: files + [data])
            var source = ModelSource(model: files[0])
            if files.count == 3 { source.weights = .path(files[1]) }
            let file = files[files.count - 1]
            let report = try ModelComparison(options()).compare(source, with: file)
            if let html { try Command.writeFile(report.html(file: file), to: html) }
            try Command.printOutput(
                json ? report.json() : report.text(file: file, isPerLayer: perLayer))
            if !report.isPassed { throw Command.exitCode(of: .verificationFailed) }
        }
    }

    private func options() throws -> ConversionOptions {
        var options = ConversionOptions()
        options.verification = full ? .full : .fast
        options.verificationData = data
        options.tolerance = tolerance
        options.seed = seed
        options.threads = threads
        options.limits = limitOptions.limits
        try modelArguments.apply(to: &options)
        return options
    }
}
