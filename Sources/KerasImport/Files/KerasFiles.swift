import Foundations
import KerasFormat
import KerasWeights
import Problems
import Tensors

/// What model files hold: a description and weights.
package struct KerasFiles: Sendable {
    /// The layers and their calls.
    package let model: ModelDescription
    /// The weights.
    package let weights: StoredWeights

    /// Reads a model from one or two files, whose formats are told by content.
    ///
    /// - Parameters:
    ///   - architecture: an architecture in JSON, or a whole model: HDF5, a `.keras` archive or its folder, a SavedModel.
    ///   - weights: the weights in HDF5, a list of such files, a checkpoint of TensorFlow, or a whole model; nil takes them
    ///     from `architecture`, which may be all there is of a model without weights.
    ///   - version: the version of Keras (`2.3.1`, `3`) that counts instead of the one that the files state.
    /// - Throws: `Problem` with the file filled in; `invalidArgument` if the files are swapped or the architecture is missing.
    package static func open(
        architecture: String, weights: String? = nil, version: String? = nil
    ) throws -> KerasFiles {
        try open(
            .path(architecture), weights: weights.map { .path($0) }, version: version,
            inputs: InputFiles())
    }

    /// Reads a model from one or two files, which can be in memory.
    ///
    /// - Parameter inputs: is told each file that is read.
    /// - Throws: as `open(architecture:weights:version:)`.
    package static func open(
        _ architecture: FileSource, weights: FileSource?, version: String?, inputs: InputFiles
    ) throws -> KerasFiles {
        let version = try version.map { try KerasVersion(option: $0) }
        let first = try ModelFile(architecture, inputs)
        let second = try weights.map { try ModelFile($0, inputs) }
        try check(first, second)
        let model = try first.model(version: version)
        let weights = try (second ?? first).weights(for: model)
        return KerasFiles(model: model, weights: weights)
    }

    /// The description of a model whose weights cannot be had because of `problem`.
    ///
    /// - Throws: `problem` if there is no description either.
    static func description(
        in architecture: FileSource, without problem: Problem
    ) throws -> ModelDescription {
        do {
            return try ModelFile(architecture, InputFiles()).model(version: nil)
        } catch is Problem {
            throw problem
        }
    }

    /// The arrays of a file that holds weights and no architecture; nil for other files.
    ///
    /// - Throws: `Problem` with the file filled in.
    package static func arrays(ofWeights source: FileSource) throws -> WeightListing? {
        try ModelFile(source, InputFiles()).listing()
    }

    /// The paths of all files that one path of a model stands for; none for a file in memory.
    ///
    /// - Throws: `Problem` with the file filled in if a folder cannot be opened.
    package static func paths(of source: FileSource) throws -> [String] {
        guard let path = source.path else { return [] }
        if let folder = SavedModelFolder(at: path, InputFiles()) { return try folder.files() }
        if let stem = try CheckpointPath.stem(of: path) {
            return try FolderListing.files(withPrefix: stem + ".")
        }
        return FileStatus.isFolder(path) ? try FolderListing.files(withPrefix: path + "/") : [path]
    }

    /// The size of those files in bytes.
    ///
    /// - Throws: `Problem` with the file filled in if a file cannot be opened.
    package static func byteCount(of source: FileSource) throws -> Int {
        if case .bytes(let bytes, _) = source { return bytes.count }
        return try paths(of: source).reduce(0) { $0 + (try MappedFile(path: $1).bytes.count) }
    }

    /// Checks that the first file has an architecture and one of them weights.
    private static func check(_ first: ModelFile, _ second: ModelFile?) throws {
        if let second, first.content.isWeights, second.content.isWeights {
            throw Problem(
                .invalidArgument(
                    "both files hold weights and none an architecture",
                    remedy: "Give the architecture (.json) first."),
                file: first.path)
        }
        if first.content.isWeights, second != nil {
            throw Problem(
                .invalidArgument(
                    "this holds weights, and the second file the architecture",
                    remedy: "Give the architecture first and the weights second."),
                file: first.path)
        }
        if first.content.isWeights {
            let owners = try first.ownersOfWeights()
            throw Problem(
                .invalidArgument(
                    "this holds \(owners) without an architecture: "
                        + "nothing in it says how the layers are connected",
                    remedy:
                        "Give the architecture (.json) as the first file and this one as the second. "
                        + "The Python code that made the model writes both in one file: "
                        + "model.load_weights('weights.h5'); model.save('model.keras')"),
                file: first.path)
        }
        if let second, second.content.isArchitecture {
            throw Problem(
                .invalidArgument(
                    "this is an architecture where weights are expected",
                    remedy: "Give the weights file (.h5) as the second file."),
                file: second.path)
        }
    }
}

extension ModelFile.Content {
    /// Whether there are weights and no architecture.
    fileprivate var isWeights: Bool {
        switch self {
        case .weights, .shards, .checkpoint: true
        case .architecture, .wholeModel, .archive, .savedModel: false
        }
    }

    /// Whether there is an architecture and no weights.
    fileprivate var isArchitecture: Bool {
        if case .architecture = self { true } else { false }
    }
}

extension KerasVersion {
    /// The version that a caller asks for: `1.2.2`, `2.3`, or just the generation `3`.
    fileprivate init(option: String) throws {
        guard let version = KerasVersion(option.contains(".") ? option : option + ".") else {
            throw Problem(
                .invalidArgument(
                    "'\(option)' is not a version of Keras",
                    remedy: "Give a version such as 1.2.2, 2.3.1 or 3, from 1 to 3."))
        }
        self =
            option.contains(".") ? version : KerasVersion(generation: version.generation)
    }
}
