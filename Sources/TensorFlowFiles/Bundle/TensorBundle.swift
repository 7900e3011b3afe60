import Archives
import Foundations
import Problems
import Tensors

/// A checkpoint of TensorFlow 2, or of `tf.train.Saver` with the format V2.
///
///     weights.ckpt.index                  which tensor lies where
///     weights.ckpt.data-00000-of-00001    the elements, one after another
///
/// Data files are mapped when a tensor in them is asked for; elements stay there until they are needed.
package final class TensorBundle: Sendable {
    /// The path without the endings, as people name checkpoints.
    package let path: String
    private let index: BundleIndex
    private let inputs: InputFiles
    private let shards = Locked<[Int: MappedFile]>([:])

    /// The key under which checkpoints of objects keep their object graph.
    private static let graphKey = "_CHECKPOINTABLE_OBJECT_GRAPH"

    /// Opens the checkpoint with this path.
    ///
    /// - Parameter inputs: is told each file that is read.
    /// - Throws: `Problem` with the file filled in.
    package init(path: String, _ inputs: InputFiles = InputFiles()) throws {
        self.path = path
        self.inputs = inputs
        let file = try MappedFile(path: path + ".index")
        inputs.add(file)
        index = try locating(file: file.path) {
            try withExtendedLifetime(file) { try BundleIndex(file.bytes) }
        }
        for shard in Set(index.entries.values.map(\.shard)) where shard < index.shardCount {
            ResourceBudget.current.addInput(byteCount: FileStatus.byteCount(of: dataPath(shard)))
        }
    }

    private func dataPath(_ shard: Int) -> String {
        "\(path).data-\(Self.padded(shard))-of-\(Self.padded(index.shardCount))"
    }

    /// The keys of all tensors, sorted.
    package var keys: [String] { index.entries.keys.sorted() }

    /// The objects that the checkpoint was made from; nil for one that knows tensors by name only.
    ///
    /// - Throws: `Problem` with the file filled in.
    package func objectGraph() throws -> ObjectGraph? {
        guard let entry = index.entries[Self.graphKey] else { return nil }
        let region = try region(of: entry, Self.graphKey)
        return try locating(file: path) {
            try withExtendedLifetime(region) {
                try ObjectGraph(BundleString.single(region.bytes))
            }
        }
    }

    /// The extents of a tensor and the type of its elements in memory; nil for a missing one and for text.
    package func type(of key: String) -> (shape: Shape, elementType: DType)? {
        guard let entry = index.entries[key], let type = BundleElementType.types[entry.type] else {
            return nil
        }
        return (entry.shape, type)
    }

    /// The elements of a tensor: floats of any width read as `float32`, anything else as stored.
    ///
    /// - Throws: `Problem` with the file filled in: `malformed` if it is missing or its size contradicts its extents,
    ///   `unsupported` for tensors in parts.
    package func constant(_ key: String) throws -> Constant {
        guard let entry = index.entries[key], let type = type(of: key)?.elementType else {
            throw Problem(
                .malformed(
                    what: "TensorFlow checkpoint", reason: "'\(key)' is not a tensor of numbers"),
                file: path)
        }
        let region = try region(of: entry, key)
        return try locating(file: path) {
            guard region.bytes.count == type.byteCount(of: entry.shape.elementCount) else {
                throw Problem(
                    .malformed(
                        what: "TensorFlow checkpoint",
                        reason: "'\(key)' has \(region.bytes.count) bytes for \(entry.shape)"))
            }
            let dtype = type.isFloat ? DType.float32 : type
            let start = Int(bitPattern: region.bytes.baseAddress)
            guard start % max(type.byteCount, 1) != 0 else {
                return try Constant(
                    bytes: region.bytes, owner: region.owner, byteOffset: 0, storedType: type,
                    shape: entry.shape, as: dtype)
            }
            let copy = withExtendedLifetime(region) {
                Tensor(dtype: type, shape: entry.shape) { $0.copyMemory(from: region.bytes) }
            }
            return Constant(copy, as: dtype)
        }
    }

    private func region(of entry: BundleIndex.Entry, _ key: String) throws -> MemoryRegion {
        guard !entry.isPartitioned else {
            throw Problem(
                .unsupported(
                    what: "'\(key)' is stored in parts, as training on several machines does",
                    remedy:
                        "Load the weights in Python and save them with model.save_weights('w.h5')."),
                file: path)
        }
        let file = try shard(entry.shard)
        guard entry.offset <= file.bytes.count,
            entry.byteCount <= file.bytes.count - entry.offset
        else { throw Problem(.truncated(what: "'\(key)'"), file: file.path) }
        let range = entry.offset..<entry.offset + entry.byteCount
        return MemoryRegion(bytes: UnsafeRawBufferPointer(rebasing: file.bytes[range]), owner: file)
    }

    private func shard(_ number: Int) throws -> MappedFile {
        guard number < index.shardCount else {
            throw Problem(
                .malformed(
                    what: "TensorFlow checkpoint", reason: "it has no data file \(number)"),
                file: path)
        }
        return try shards.withLock { files in
            if let file = files[number] { return file }
            let file = try MappedFile(path: dataPath(number))
            inputs.add { try file.confirm() }
            files[number] = file
            return file
        }
    }

    private static func padded(_ number: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(5 - digits.count, 0)) + digits
    }
}
