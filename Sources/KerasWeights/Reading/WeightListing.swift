import HDF5Files
import Problems
import TensorFlowFiles
import Tensors

/// All arrays of a weights file by the file's own names, those of optimizers and metrics too.
package struct WeightListing: Sendable {
    /// An array of the file.
    package struct Entry: Sendable {
        /// The path of the array in the file, without the group `model_weights`.
        package let name: String
        /// The layer that owns the array; nil if the file does not tell.
        package let layer: String?
        /// The extents.
        package let shape: Shape
        /// The type of the stored elements.
        package let elementType: DType

        /// The size of the elements in bytes.
        package var byteCount: Int { elementType.byteCount(of: shape.elementCount) }
    }

    /// The arrays: in the order of creation if the file knows it, by name otherwise.
    package private(set) var entries: [Entry] = []
    /// The version of Keras that wrote the file; nil if the file does not tell.
    package private(set) var kerasVersion: String?

    /// How deep groups may be nested.
    private static let maximumDepth = 40
    /// The most arrays that are listed.
    private static let maximumCount = 1 << 18

    /// Lists the arrays in `files`, the shards of one whole.
    ///
    /// - Throws: `Problem` with the file filled in, `malformed` if the files hold no weights of Keras.
    package init(_ files: [HDF5File]) throws {
        if files.count == 1, let file = files.first, try !ObjectLayout.isUsed(by: file) {
            let stored = try LegacyWeights.read(file)
            kerasVersion = stored.kerasVersion
            entries = stored.layers.flatMap { layer in
                layer.weights.map {
                    Entry(
                        name: "\(layer.name)/\($0.name)", layer: layer.name, shape: $0.shape,
                        elementType: $0.elementType)
                }
            }
            return
        }
        for file in files {
            try locating(file: file.path) { try add(group: "", of: file, depth: 0) }
        }
    }

    /// Lists the arrays of numbers in a checkpoint.
    package init(_ bundle: TensorBundle) {
        entries = bundle.keys.compactMap { key in
            bundle.type(of: key).map {
                Entry(name: key, layer: nil, shape: $0.shape, elementType: $0.elementType)
            }
        }
    }

    private mutating func add(group path: String, of file: HDF5File, depth: Int) throws {
        let members = try file.members(of: path).sorted {
            Self.order(of: $0.name) < Self.order(of: $1.name)
        }
        guard depth < Self.maximumDepth, entries.count + members.count <= Self.maximumCount else {
            throw Problem(.tooLarge(what: "the tree of groups", value: "\(depth) levels"))
        }
        // Keras 3 notes the name of the layer at the group of its variables.
        let layer = try file.string(attribute: "name", of: path)
        for (name, isGroup) in members {
            let inner = path.isEmpty ? name : path + "/" + name
            guard !isGroup else {
                try add(group: inner, of: file, depth: depth + 1)
                continue
            }
            let dataset = try file.dataset(inner)
            entries.append(
                Entry(
                    name: inner, layer: layer, shape: dataset.shape,
                    elementType: dataset.elementType))
        }
    }

    /// A name without the number at its end, and that number, so that `dense_10` follows `dense_9`.
    private static func order(of name: String) -> (String, Int) {
        let base = name.prefix(name.count - name.reversed().prefix { $0.isNumber }.count)
        return (String(base), Int(name.dropFirst(base.count)) ?? -1)
    }
}
