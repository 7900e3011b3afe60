import HDF5Files
import KerasFormat
import Problems
import TensorFlowFiles

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
            store.keras1Model = store.isOfKeras1(or: model.version) ? model : nil
            return store
        }
        let root = try ObjectLayout.read(files)
        return StoredWeights(
            file: path, objects: StoredModel(root: root, model: model, isOperation: isOperation))
    }

    /// The weights in a checkpoint of TensorFlow, for a model.
    ///
    /// - Parameter path: the file that the user named.
    /// - Throws: `Problem` with the file filled in: `unsupported` for checkpoints that know no objects.
    package static func read(
        _ bundle: TensorBundle, for model: ModelDescription, path: String
    ) throws -> StoredWeights {
        try locating(file: path) {
            guard let graph = try bundle.objectGraph() else {
                return NamedCheckpoint.read(bundle, for: model, path: path)
            }
            let root = try CheckpointLayout.read(graph, of: bundle, for: model)
            return StoredWeights(
                file: path,
                objects: StoredModel(root: root, model: model, isOperation: { _ in false }))
        }
    }

    /// The names of the layers with weights in a file, or of their groups if the file knows no names.
    ///
    /// - Throws: `Problem` if the file holds no weights of Keras.
    package static func layerNames(in file: HDF5File) throws -> [String] {
        if try ObjectLayout.isUsed(by: file) {
            let root = try ObjectLayout.read([file])
            // A subclassed model keeps its layers in attributes of its own.
            let layers = root.layers.isEmpty ? root.members : root.layers
            return layers.filter { $0.value.hasVariables }.map(\.key).sorted()
        }
        return try LegacyWeights.read(file).layers.filter { !$0.weights.isEmpty }.map(\.name)
    }
}

extension StoredWeights {
    /// Whether Keras 1 wrote the file, which states no version then: its arrays have names such as `dense_1_W`.
    ///
    /// An architecture may have been brought to another version since, and weights without names tell nothing.
    fileprivate func isOfKeras1(or version: KerasVersion) -> Bool {
        if let stated = kerasVersion.flatMap(KerasVersion.init) {
            return stated.generation == .keras1
        }
        if version.generation == .keras1 { return true }
        let names = layers.flatMap { $0.weights.map(\.path) }
        let ends = ["_W", "_U", "_b", "_gamma", "_beta", "_running_mean", "_running_std"]
        return !names.isEmpty
            && names.allSatisfy { name in
                !name.contains("/")
                    && ends.contains { name.hasSuffix($0) || name.dropLast().hasSuffix($0 + "_") }
            }
    }
}
