import Foundations

#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// The files of a Keras model, on the disk or in memory.
public struct ModelSource: Sendable {
    /// One file.
    public struct File: Sendable {
        let source: FileSource

        /// The file at a path; also a folder, such as a SavedModel, or a checkpoint, which is several files.
        public static func path(_ path: String) -> File { File(source: .path(path)) }

        /// The file at a `file:` URL.
        public static func url(_ url: URL) -> File { .path(url.path) }

        /// A file in memory.
        ///
        /// - Parameter name: how messages name it, such as `model.h5`.
        public static func bytes(_ bytes: [UInt8], name: String = "model") -> File {
            File(source: .bytes(bytes, name: name))
        }

        /// A file in memory.
        ///
        /// - Parameter name: how messages name it, such as `model.h5`.
        public static func data(_ data: Data, name: String = "model") -> File {
            .bytes([UInt8](data), name: name)
        }
    }

    /// A whole-model file, or the architecture as JSON.
    public var model: File
    /// The weights, if `model` is an architecture.
    public var weights: File?

    /// A whole model in one file, such as `model.h5`, or an architecture and its weights.
    public init(_ model: File, weights: File? = nil) {
        self.model = model
        self.weights = weights
    }

    /// A whole model in one file, such as `model.h5`.
    public init(model: String) {
        self.init(.path(model))
    }

    /// A whole model in one file.
    public init(model: URL) {
        self.init(.url(model))
    }

    /// An architecture (`model.to_json()`) and its weights (`model.save_weights()`).
    public init(architecture: String, weights: String) {
        self.init(.path(architecture), weights: .path(weights))
    }

    /// An architecture and its weights.
    public init(architecture: URL, weights: URL) {
        self.init(.url(architecture), weights: .url(weights))
    }
}

/// Files that replace others only when they are complete, as those of conversions do; for reports and tensors.
public enum FileReplacement {
    /// From now on, no file that this package has read in the process is replaced by one that it writes.
    ///
    /// For programs whose users name all files: whatever reads and writes them, no output replaces an input.
    public static func protectInputs() {
        ReadFiles.protect()
    }

    /// Writes a file; an old one stays until the new one is complete.
    ///
    /// - Throws: `ConversionError` if the file cannot be written, or there is something else than a file at the path.
    public static func write(_ bytes: [UInt8], to path: String) throws(ConversionError) {
        try ConversionError.wrapping {
            let file = try OutputFile(replacing: path)
            try file.reserve(bytes.count)
            try bytes.withUnsafeBytes { try file.write($0, at: 0) }
            try file.commit()
        }
    }
}
