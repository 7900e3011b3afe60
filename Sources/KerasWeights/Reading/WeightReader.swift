import HDF5Files
import KerasFormat
import Problems

/// Reads weights files of any layout.
package enum WeightReader {
    /// The weights in `files`, the shards of one whole, for a model.
    ///
    /// - Parameters:
    ///   - path: the file or list of files that the user named.
    ///   - isOperation: whether a layer is an operation of Keras 3, which has no weights.
    /// - Throws: `Problem` with the file filled in.
    package static func read(
        _ files: [HDF5File], for model: ModelDescription, path: String,
        isOperation: @escaping @Sendable (LayerDescription) -> Bool
    ) throws -> StoredWeights {
        guard let first = files.first else {
            throw Problem(.malformed(what: "weights file", reason: "it lists no files"), file: path)
        }
        guard try files.count > 1 || ObjectLayout.isUsed(by: first) else {
            var store = try LegacyWeights.read(first)
            store.keras1Model = model.version.generation == .keras1 ? model : nil
            return store
        }
        let root = try ObjectLayout.read(files)
        return StoredWeights(
            file: path, objects: StoredModel(root: root, model: model, isOperation: isOperation))
    }
}
