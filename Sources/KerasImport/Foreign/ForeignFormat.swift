import Foundations
import Problems

/// A file that is not one of a Keras model, with what its reader can do.
struct ForeignFormat: Equatable {
    /// The file in words: `a TFLite model`.
    let name: String
    /// The way to a file that can be converted.
    let remedy: Remedy

    init(_ name: String, _ remedy: Remedy) {
        self.name = name
        self.remedy = remedy
    }

    /// The problem that says so.
    var problem: Problem { Problem(.foreignFile(what: name, remedy: remedy)) }

    /// The format of a file by its first bytes, or by the ending of its name if the format has no signature.
    ///
    /// Nil for unknown files and for formats that Keras writes.
    static func format(of bytes: UnsafeRawBufferPointer, path: String) -> ForeignFormat? {
        bySignature(bytes) ?? byText(bytes) ?? byName(path, bytes)
    }

    /// What models of other frameworks need.
    static let exporter: Remedy =
        "Convert the Keras model that it was made from, or use the exporter that the framework has for TFLite."

    /// What a model needs that Keras can load.
    static func loading(_ call: String) -> Remedy {
        "In Python, load it and save it as one file: model = \(call); model.save('model.keras')"
    }

    private static func byName(_ path: String, _ bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        let name = path.split(separator: "/").last.map { $0.lowercased() } ?? ""
        guard let dot = name.lastIndex(of: ".") else { return nil }
        return byEnding[String(name[name.index(after: dot)...])]
    }

    /// Formats without signature.
    private static let byEnding: [String: ForeignFormat] = [
        "onnx": ForeignFormat("an ONNX model", exporter),
        "mlmodel": ForeignFormat("a Core ML model", exporter),
        "pb": ForeignFormat(
            "a graph of TensorFlow without the layers of a Keras model",
            "Convert the Keras model that it was made from: model.save('model.keras')."),
        "pbtxt": ForeignFormat(
            "a graph of TensorFlow without the layers of a Keras model",
            "Convert the Keras model that it was made from: model.save('model.keras')."),
        "meta": ForeignFormat(
            "the graph of a TensorFlow 1 checkpoint, without the layers of a Keras model",
            "Give the architecture (model.to_json()) first and the checkpoint second."),
        "pt": ForeignFormat("a PyTorch file", exporter),
        "pth": ForeignFormat("a PyTorch file", exporter),
        "caffemodel": ForeignFormat("a Caffe model", exporter),
        "weights": ForeignFormat("a file of Darknet weights", exporter),
        "pdmodel": ForeignFormat("a PaddlePaddle model", exporter),
        "pkl": pickle, "pickle": pickle, "joblib": pickle,
        "py": ForeignFormat(
            "a Python program", "Run it, and save its model with model.save('model.keras')."),
    ]

    static let pickle = ForeignFormat(
        "a Python pickle", loading("pickle.load(open('model.pkl', 'rb'))"))
}
