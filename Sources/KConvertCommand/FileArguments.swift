import ArgumentParser
import KConvert

/// The files of a conversion.
struct FileArguments: ParsableArguments {
    @Argument(
        help:
            "The whole model (.keras, .h5, SavedModel folder), or its architecture (.json, .yaml).",
        completion: .file())
    var model: String?

    @Argument(
        help: "The weights (.h5, a TensorFlow checkpoint), if the model is an architecture.",
        completion: .file())
    var weights: String?

    @Option(
        name: [.short, .long],
        help:
            "The file to write (- for standard output, .cc for C++ sources); by default the model's name with .tflite.",
        completion: .file())
    var output: String?

    /// The files of the model.
    var source: ModelSource {
        var source = ModelSource(model: model ?? "")
        source.weights = weights.map { .path($0) }
        return source
    }
}
