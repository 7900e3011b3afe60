import Problems
import Tensors

/// The index of a checkpoint: for each tensor the type, the extents and the place in one of the data files.
package struct BundleIndex: Sendable {
    /// A tensor of the checkpoint.
    package struct Entry: Sendable, Equatable {
        /// The number of TensorFlow's enumeration `DataType`.
        package let type: Int
        package let shape: Shape
        /// Which data file holds it.
        package let shard: Int
        /// The place in the data file, in bytes.
        package let offset: Int
        /// The size of the elements in bytes.
        package let byteCount: Int
        /// Whether parts of the tensor have entries of their own.
        package let isPartitioned: Bool
    }

    /// How many data files there are.
    package let shardCount: Int
    /// The tensors by their keys.
    package let entries: [String: Entry]

    private static let what = "index of a TensorFlow checkpoint"

    /// Reads the bytes of a file `.index`.
    ///
    /// - Throws: `malformed` or `truncated` for damaged files, `unsupported` for data of a big-endian machine.
    package init(_ bytes: UnsafeRawBufferPointer) throws {
        var shardCount: Int?
        var entries: [String: Entry] = [:]
        for entry in try SortedTable.entries(of: bytes) {
            try entry.value.withUnsafeBytes { value in
                let message = ProtobufMessage(bytes: value, what: Self.what)
                if entry.key.isEmpty {
                    shardCount = try Self.shardCount(message)
                } else {
                    entries[entry.key] = try Self.entry(message)
                }
            }
        }
        guard let shardCount else {
            throw Problem(.malformed(what: Self.what, reason: "it has no header"))
        }
        self.shardCount = shardCount
        self.entries = entries
    }

    /// `num_shards` of the message `BundleHeaderProto`.
    private static func shardCount(_ header: ProtobufMessage) throws -> Int {
        guard try header.integer(2) == 0 else {
            throw Problem(
                .unsupported(
                    what: "the checkpoint was written on a big-endian machine",
                    remedy: "Load the weights in Python on another machine and save them again."))
        }
        let count = try header.integer(1)
        guard (1...99_999).contains(count) else {
            throw Problem(.malformed(what: what, reason: "it states \(count) data files"))
        }
        return Int(count)
    }

    /// The message `BundleEntryProto`.
    private static func entry(_ message: ProtobufMessage) throws -> Entry {
        let sizes = try (3...5).map { field -> Int in
            let size = try message.integer(field)
            guard (0..<1 << 48).contains(size) else {
                throw Problem(.malformed(what: what, reason: "a place of \(size)"))
            }
            return Int(size)
        }
        let extents = try message.message(2)?.messages(2).map { try $0.integer(1) } ?? []
        guard extents.count <= 16, extents.allSatisfy({ (0..<1 << 48).contains($0) }) else {
            throw Problem(.malformed(what: what, reason: "a tensor has impossible extents"))
        }
        return Entry(
            type: Int(clamping: try message.integer(1)), shape: Shape(extents.map { Int($0) }),
            shard: sizes[0], offset: sizes[1], byteCount: sizes[2],
            isPartitioned: try !message.messages(7).isEmpty)
    }
}
