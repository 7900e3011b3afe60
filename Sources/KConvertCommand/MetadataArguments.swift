import ArgumentParser
import KConvert

/// The options of a conversion that say what apps are told of the file.
struct MetadataArguments: ParsableArguments {
    @Flag(
        help:
            "Tell apps of inputs and outputs (TFLITE_METADATA for ML Kit and Android Studio); see Documentation/Metadata.md."
    )
    var metadata = false

    @Option(
        help: ArgumentHelp(
            "Names for the elements of an output, one in each line of a file, for --metadata; may be repeated.",
            valueName: "[output=]file"), completion: .file())
    var labels: [String] = []

    @Option(help: ArgumentHelp("A description of the model for --metadata.", valueName: "text"))
    var description: String?

    func validate() throws {
        guard metadata || (labels.isEmpty && description == nil) else {
            throw ValidationError("--labels and --description belong to --metadata.")
        }
    }

    /// The options; nil without metadata.
    func options(mean: [Double], deviation: [Double]) -> MetadataOptions? {
        guard metadata else { return nil }
        var options = MetadataOptions()
        (options.mean, options.deviation) = (mean, deviation)
        options.labels = labels.map { argument in
            guard let equals = argument.firstIndex(of: "=") else { return .init(path: argument) }
            return .init(
                output: String(argument[..<equals]),
                path: String(argument[argument.index(after: equals)...]))
        }
        options.description = description
        return options
    }
}
