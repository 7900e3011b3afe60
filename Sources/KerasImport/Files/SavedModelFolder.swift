import Foundations
import KerasFormat
import Problems
import TensorFlowFiles

/// A SavedModel of Keras, the default of `model.save("name")` from TensorFlow 2.0 to 2.12.
///
///     saved_model.pb         objects and functions of TensorFlow
///     keras_metadata.pb      descriptions of the layers, from TensorFlow 2.5 on
///     variables/variables.*  a checkpoint with the weights
///     assets/*               vocabularies that were given as text files
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
        let descriptions = try descriptions()
        guard let text = descriptions.first(where: { $0.node == 0 })?.text else {
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
            let model = json["model_config"] ?? json
            return (
                SavedVocabularies.areNeeded(in: text) ? try filled(model, descriptions) : model,
                json["keras_version"]?.string
            )
        }
    }

    private func filled(
        _ model: JSONValue, _ descriptions: [(node: Int, text: String)]
    ) throws -> JSONValue {
        let file = try mapped("saved_model.pb")
        return try withExtendedLifetime(file) {
            let objects = try SavedObjects(savedModel: file.bytes)
            return try SavedVocabularies(of: self, objects, descriptions).filled(model)
        }
    }

    /// The integers in the lines of a file beside the model; nil if a line holds anything else.
    func numbers(inAsset name: String) throws -> [Int64]? {
        guard !name.contains("/") else { return nil }
        let file = try mapped("assets/" + name)
        let text = withExtendedLifetime(file) { String(decoding: file.bytes, as: UTF8.self) }
        let numbers = text.split(whereSeparator: \.isNewline).map { Int64($0) }
        return numbers.contains(nil) ? nil : numbers.compactMap { $0 }
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
            + (FileStatus.isFolder(path + "/assets")
                ? FolderListing.files(withPrefix: path + "/assets/") : [])
    }

    /// The objects of Keras and the JSON texts that describe them.
    private func descriptions() throws -> [(node: Int, text: String)] {
        let name = "keras_metadata.pb"
        let isApart = FileStatus.exists(path + "/" + name)
        let file = try mapped(isApart ? name : "saved_model.pb")
        return try locating(file: file.path) {
            try withExtendedLifetime(file) {
                try isApart
                    ? KerasMetadata.objects(metadata: file.bytes)
                    : KerasMetadata.objects(savedModel: file.bytes)
            }
        }
    }

    /// A file of the folder, which counts as an input.
    private func mapped(_ name: String) throws -> MappedFile {
        let file = try MappedFile(path: path + "/" + name)
        inputs.add(file)
        try Self.checkIsOwn(file)
        return file
    }
}
