import Foundations

/// Text that is not an architecture.
extension ForeignFormat {
    /// The format of a text file.
    static func byText(_ bytes: UnsafeRawBufferPointer) -> ForeignFormat? {
        let start = String(decoding: bytes.prefix(512), as: UTF8.self).lowercased()
            .drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if start.hasPrefix("version https://git-lfs.github.com") {
            return ForeignFormat(
                "a pointer to a file in Git LFS", "Fetch the file itself with 'git lfs pull'.")
        }
        if start.hasPrefix("<!doctype html") || start.hasPrefix("<html") {
            return ForeignFormat(
                "a web page", "Download the file itself; on GitHub, with 'Download raw file'.")
        }
        if start.hasPrefix("<?xml"), start.contains("<net") {
            return ForeignFormat("an OpenVINO model", exporter)
        }
        return nil
    }

    /// The format of JSON that is not an architecture.
    static func format(of json: JSONValue) -> ForeignFormat? {
        guard let object = json.object, object["class_name"] == nil else { return nil }
        if object["modelTopology"] != nil || object["weightsManifest"] != nil {
            return ForeignFormat(
                "a TensorFlow.js model",
                "Convert it back first with 'tensorflowjs_converter --input_format=tfjs_layers_model --output_format=keras model.json model.h5'."
            )
        }
        if object["nbformat"] != nil {
            return ForeignFormat(
                "a Jupyter notebook", "Run it, and save its model with model.save('model.keras').")
        }
        if object["model_type"] != nil || object["architectures"] != nil {
            return ForeignFormat(
                "a configuration of the package transformers, whose models hold no graph", exporter)
        }
        return nil
    }
}
