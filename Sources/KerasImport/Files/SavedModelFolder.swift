import Foundations
import KerasFormat
import Problems
import TensorFlowFiles

/// A SavedModel of Keras, the default of `model.save("name")` from TensorFlow 2.0 to 2.12.
///
///     saved_model.pb         objects and functions of TensorFlow
///     keras_metadata.pb      descriptions of the layers, from TensorFlow 2.5 on
///     variables/variables.*  a checkpoint with the weights
struct SavedModelFolder {
    /// The path of the folder.
    let path: String
    private let inputs: InputFiles

    /// The folder that `path` is, or that one of its files lies in; nil if it is not a SavedModel.
    ///
    /// - Parameter inputs: is told each file that is read.
    init?(at path: String, _ inputs: InputFiles) {
        self.inputs = inputs
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        let file = parts.last.map(String.init) ?? ""
        let isInside = ["saved_model.pb", "keras_metadata.pb", "fingerprint.pb"].contains(file)
        let folder = isInside ? parts.dropLast().joined(separator: "/") : path
        self.path = isInside && folder.isEmpty ? (path.hasPrefix("/") ? "/" : ".") : folder
        guard FileStatus.exists(self.path + "/saved_model.pb") else { return nil }
    }

    /// The architecture, and the version of Keras if it is stated.
    ///
    /// - Throws: `Problem` with the file filled in: `foreignFile` for models without layers.
    func architecture() throws -> (json: JSONValue, version: String?) {
        guard let text = try metadata() else {
            throw Problem(
                .foreignFile(
                    what: "a SavedModel without the layers of a Keras model",
                    remedy:
                        "It holds functions of TensorFlow only, as model.export() writes them. Convert "
                        + "the Keras model that it was made from: model.save('model.keras')"),
                file: path)
        }
        return try locating(file: path) {
            let json = EncodedValues.plain(try JSONParser.parse(text))
            return (json["model_config"] ?? json, json["keras_version"]?.string)
        }
    }

    /// The weights.
    func weights() throws -> TensorBundle {
        let stem = path + "/variables/variables"
        for name in [stem + ".index", stem + ".data-00000-of-00001"] where FileStatus.isFile(name) {
            try Self.checkIsOwn(try MappedFile(path: name))
        }
        return try TensorBundle(path: stem, inputs)
    }

    /// Checks that a file of the folder is not text that stands for it, such as a pointer of Git LFS.
    private static func checkIsOwn(_ file: MappedFile) throws {
        try withExtendedLifetime(file) {
            guard let foreign = ForeignFormat.byText(file.bytes) else { return }
            throw foreign.problem.inFile(file.path)
        }
    }

    /// The paths of all files.
    func files() throws -> [String] {
        try FolderListing.files(withPrefix: path + "/")
            + FolderListing.files(withPrefix: path + "/variables/")
    }

    /// The JSON text that describes the model.
    private func metadata() throws -> String? {
        let name = path + "/keras_metadata.pb"
        if FileStatus.exists(name) {
            let file = try MappedFile(path: name)
            inputs.add(file)
            try Self.checkIsOwn(file)
            return try locating(file: name) {
                try withExtendedLifetime(file) { try KerasMetadata.root(metadata: file.bytes) }
            }
        }
        let file = try MappedFile(path: path + "/saved_model.pb")
        inputs.add(file)
        try Self.checkIsOwn(file)
        return try locating(file: file.path) {
            try withExtendedLifetime(file) { try KerasMetadata.root(savedModel: file.bytes) }
        }
    }
}
