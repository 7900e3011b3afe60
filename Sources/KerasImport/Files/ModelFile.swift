import Archives
import Foundations
import HDF5Files
import KerasFormat
import KerasWeights
import Problems
import TensorFlowFiles
import Tensors

/// A file of a model, with its format told by its first bytes.
struct ModelFile {
    /// The formats that can be read.
    enum Content {
        /// Text with an architecture, in JSON or YAML.
        case architecture(JSONValue)
        /// HDF5 with the architecture in the attribute `model_config`.
        case wholeModel(HDF5File)
        /// HDF5 without architecture.
        case weights(HDF5File)
        /// A `.keras` archive or the folder that it is when unpacked.
        case archive(KerasArchive)
        /// The folder of a SavedModel.
        case savedModel(SavedModelFolder)
        /// A checkpoint of TensorFlow.
        case checkpoint(TensorBundle)
        /// The list of the files that weights are divided among.
        case shards(JSONObject)
    }

    /// What the file holds.
    let content: Content
    /// The path as the caller named it, or the name of a file in memory.
    let path: String
    private let inputs: InputFiles

    /// - Throws: `Problem` with the file filled in: `fileAccess`, `truncated` for an empty file, `malformed` for an
    ///   unknown format.
    ///
    /// - Parameter inputs: is told each file that is read.
    init(_ source: FileSource, _ inputs: InputFiles) throws {
        path = source.name
        self.inputs = inputs
        if case .path(let path) = source, let several = try Self.severalFiles(at: path, inputs) {
            content = several
            return
        }
        let mapped = try MappedFile(source)
        inputs.add(mapped)
        content = try locating(file: path) { try Self.content(of: mapped, inputs) }
    }

    /// The description in the file.
    ///
    /// - Parameter version: the version that counts instead of the one in the file.
    /// - Throws: `Problem` with the file filled in.
    func model(version: KerasVersion?) throws -> ModelDescription {
        try locating(file: path) {
            switch content {
            case .architecture(let json):
                return try ModelParser.model(json, version: version)
            case .archive(let archive):
                return try ModelParser.model(
                    try archive.architecture(), version: version,
                    versionText: try archive.kerasVersion())
            case .savedModel(let folder):
                let (json, versionText) = try folder.architecture()
                return try ModelParser.model(json, version: version, versionText: versionText)
            case .wholeModel(let file), .weights(let file):
                guard let text = try file.string(attribute: "model_config", of: "") else {
                    throw Problem(
                        .malformed(
                            what: "Keras model",
                            reason: "the attribute 'model_config' is missing"))
                }
                return try ModelParser.model(
                    try ArchitectureText.value(Array(text.utf8)), version: version,
                    versionText: try file.string(attribute: "keras_version", of: ""))
            case .shards, .checkpoint:
                throw Problem(.malformed(what: "Keras model", reason: "it holds weights only"))
            }
        }
    }

    /// The weights in the file for a model; none at all in an architecture.
    ///
    /// - Throws: `Problem` with the file filled in.
    func weights(for model: ModelDescription) throws -> StoredWeights {
        let files: [HDF5File]
        switch content {
        case .wholeModel(let file), .weights(let file): files = [file]
        case .archive(let archive): files = [try archive.weights()]
        case .shards(let list): files = try WeightShards.files(of: list, at: path, inputs)
        case .savedModel(let folder):
            return try WeightReader.read(try folder.weights(), for: model, path: path)
        case .checkpoint(let bundle):
            return try WeightReader.read(bundle, for: model, path: path)
        case .architecture:
            return StoredWeights(missingIn: path)
        }
        return try WeightReader.read(files, for: model, path: path) {
            $0.isOperation(model.version)
        }
    }

    /// What a path stands for that is not just one file; nil for one file.
    private static func severalFiles(at path: String, _ inputs: InputFiles) throws -> Content? {
        if let folder = SavedModelFolder(at: path, inputs) { return .savedModel(folder) }
        if let stem = try CheckpointPath.stem(of: path) {
            return .checkpoint(try TensorBundle(path: stem, inputs))
        }
        return FileStatus.isFolder(path) ? .archive(try KerasArchive(folder: path, inputs)) : nil
    }

    private static func content(of mapped: MappedFile, _ inputs: InputFiles) throws -> Content {
        let bytes = mapped.bytes
        guard !bytes.isEmpty else { throw Problem(.truncated(what: "empty file")) }
        // An archive can have the signature of HDF5 where a file in front of HDF5 would end.
        if ZipArchive.hasSignature(bytes) { return .archive(try KerasArchive(zip: mapped, inputs)) }
        if HDF5Superblock.offset(in: bytes) != nil {
            let file = try HDF5File(mapped)
            return file.has(attribute: "model_config") ? .wholeModel(file) : .weights(file)
        }
        if let foreign = ForeignFormat.format(of: bytes, path: mapped.path) {
            throw foreign.problem
        }
        let text = TextEncoding.utf8(of: bytes)
        guard ArchitectureText.isJSON(text) else {
            guard YAMLParser.isArchitecture(text) else {
                throw Problem(
                    .malformed(
                        what: "Keras file",
                        reason: "it is neither JSON nor YAML nor HDF5 nor a zip archive"))
            }
            return .architecture(try YAMLParser.parse(text))
        }
        let json = try ArchitectureText.value(text)
        if let list = json["weight_map"]?.object { return .shards(list) }
        if let foreign = ForeignFormat.format(of: json) { throw foreign.problem }
        return .architecture(json)
    }
}

extension ModelFile {
    /// What a weights file holds: `the weights of 12 layers ('conv1', 'conv2', …)`, or just `weights` in several files.
    ///
    /// - Throws: `Problem` if the file does not hold weights of Keras.
    func ownersOfWeights() throws -> String {
        guard case .weights(let file) = content else { return "weights" }
        let names = try WeightReader.layerNames(in: file)
        let list = names.prefix(3).map { "'\($0)'" }.joined(separator: ", ")
        let more = names.count > 3 ? ", …" : ""
        return "the weights of \(names.count) layer\(names.count == 1 ? "" : "s")"
            + (names.isEmpty ? "" : " (\(list)\(more))")
    }

    /// The arrays of a file that holds weights only; nil for other files.
    ///
    /// - Throws: `Problem` if the file does not hold weights of Keras.
    func listing() throws -> WeightListing? {
        switch content {
        case .weights(let file): try WeightListing([file])
        case .shards(let list): try WeightListing(WeightShards.files(of: list, at: path, inputs))
        case .checkpoint(let bundle): WeightListing(bundle)
        case .architecture, .wholeModel, .archive, .savedModel: nil
        }
    }
}
