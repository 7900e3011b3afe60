import ArgumentParser
import KConvert

/// The command that shows what is inside a model: `kconvert inspect model.tflite`.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect",
        abstract: "Show what is inside a .tflite file or a Keras model.")

    @Argument(help: "A .tflite file, a whole Keras model, or an architecture.", completion: .file())
    var model: String

    @Argument(help: "The weights, if the model is an architecture.", completion: .file())
    var weights: String?

    @OptionGroup var modelArguments: ModelArguments

    @OptionGroup var limitOptions: LimitOptions

    @Flag(help: "Print JSON.")
    var json = false

    func run() throws {
        try Command.reportingErrors {
            var source = ModelSource(model: model)
            source.weights = weights.map { .path($0) }
            var options = ConversionOptions()
            options.limits = limitOptions.limits
            try modelArguments.apply(to: &options)
            let inspection = try Inspection(of: source, options: options, naming: \.flag)
            try Command.printOutput(json ? inspection.json() : inspection.text)
        }
    }
}
