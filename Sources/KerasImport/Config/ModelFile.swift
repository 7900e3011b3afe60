import Problems
import Tensors

/// A file of a model, with its format told by its first bytes.
struct ModelFile {
    /// The formats that can be read.
    enum Content {
        /// JSON text.
        case architecture
        /// HDF5 with the architecture in the attribute `model_config`.
        case wholeModel(HDF5File)
        /// HDF5 without architecture.
        case weights(HDF5File)
    }

    /// What the file holds.
    let content: Content
    private let mapped: MappedFile

    /// - Throws: `Problem` with the file filled in: `fileAccess`, `truncated` for an empty file, `malformed` for an
    ///   unknown format.
    init(path: String) throws {
        let mapped = try MappedFile(path: path)
        self.mapped = mapped
        content = try locating(file: path) { try Self.content(of: mapped) }
    }

    /// The description in the file.
    ///
    /// - Throws: `Problem` with the file filled in.
    func model() throws -> ModelDescription {
        try locating(file: mapped.path) {
            switch content {
            case .architecture:
                let json = try JSONParser.parse(mapped.bytes)
                guard json["weight_map"] == nil else {
                    throw Problem(
                        .unsupported(
                            what: "weights divided among several files",
                            remedy: "Save the weights into one file."))
                }
                return try ModelParser.model(json)
            case .wholeModel(let file), .weights(let file):
                guard let text = try file.string(attribute: "model_config", of: "") else {
                    throw Problem(
                        .malformed(
                            what: "Keras model",
                            reason: "the attribute 'model_config' is missing"))
                }
                return try ModelParser.model(
                    try JSONParser.parse(text),
                    versionText: try file.string(attribute: "keras_version", of: ""))
            }
        }
    }

    private static func content(of mapped: MappedFile) throws -> Content {
        let bytes = mapped.bytes
        guard !bytes.isEmpty else { throw Problem(.truncated(what: "empty file")) }
        if HDF5Superblock.offset(in: bytes) != nil {
            let file = try HDF5File(mapped)
            return file.has(attribute: "model_config") ? .wholeModel(file) : .weights(file)
        }
        if bytes.starts(with: [0x50, 0x4B, 0x03, 0x04]) {
            throw Problem(
                .unsupported(
                    what: "the archive format .keras",
                    remedy: "Save the model as .h5: model.save('model.h5')."))
        }
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes.dropFirst(3) : bytes[...]
        let first = text.prefix(4096).first { $0 != 0x20 && !(0x09...0x0D).contains($0) }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "[") else {
            throw Problem(
                .malformed(what: "Keras file", reason: "it is neither JSON nor HDF5"))
        }
        return .architecture
    }
}
