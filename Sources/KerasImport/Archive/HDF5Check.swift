import Problems

/// Checks the structure of an HDF5 file before libhdf5 reads it.
///
/// libhdf5 trusts sizes and addresses that are not protected by checksums and may crash or hang on damaged ones. This
/// walks all groups, object headers, heaps and indices of the classic format, which is what Keras writes, and checks
/// that they lie in the file and in each other. The newer format (superblock 2 and later, mostly under checksums) is
/// left to libhdf5.
/// Source: HDF5 File Format Specification, "Disk Format: Level 1" and "Level 2".
struct HDF5Check {
    let space: HDF5Space
    /// The greatest number of children of a node of a group's index.
    let groupFanOut: Int
    /// The greatest number of symbols of a leaf of a group's index.
    let leafCapacity: Int
    /// The greatest number of children of a node of a dataset's index of chunks.
    let chunkFanOut: Int

    /// Object headers that are still to be checked.
    var pending: [UInt64] = []
    /// Structures that have been met, by address and kind.
    private var visited: Set<Visit> = []
    /// The objects of the global heaps that have been checked: sizes by index.
    var globalHeaps: [UInt64: [UInt16: Int]] = [:]

    /// Checks a file whose signature is at `start`.
    ///
    /// - Throws: `Problem.Kind.malformed`.
    static func check(_ bytes: UnsafeRawBufferPointer, signatureAt start: Int) throws {
        var header = HDF5Cursor(
            UnsafeRawBufferPointer(rebasing: bytes[start...]), start: start, what: "superblock")
        try header.skip(8)
        let version = try header.read(UInt8.self)
        guard version < 2 else { return }
        try header.skip(4)
        try header.require(try header.read(UInt8.self) == 8)
        try header.require(try header.read(UInt8.self) == 8)
        try header.skip(1)
        let leaf = try header.readInt(UInt16.self)
        let group = try header.readInt(UInt16.self)
        try header.skip(4)
        var chunk = 32
        if version == 1 {
            chunk = try header.readInt(UInt16.self)
            try header.skip(2)
        }
        let base = try header.readInt(UInt64.self)
        try header.require(leaf > 0 && group > 0 && chunk > 0 && base == start)
        try header.skip(24)
        var check = HDF5Check(
            space: HDF5Space(bytes: bytes, base: base), groupFanOut: 2 * group,
            leafCapacity: 2 * leaf, chunkFanOut: 2 * chunk)
        var root = try header.piece(40, what: "root entry")
        try check.checkEntry(&root, names: nil)
        while let address = check.pending.popLast() { try check.checkObject(at: address) }
    }

    private init(space: HDF5Space, groupFanOut: Int, leafCapacity: Int, chunkFanOut: Int) {
        self.space = space
        self.groupFanOut = groupFanOut
        self.leafCapacity = leafCapacity
        self.chunkFanOut = chunkFanOut
    }

    /// Whether a structure is met for the first time.
    mutating func isNew(_ address: UInt64, _ kind: Visit.Kind) -> Bool {
        visited.insert(Visit(address: address, kind: kind)).inserted
    }

    struct Visit: Hashable {
        enum Kind { case object, headerBlock, group, index }

        let address: UInt64
        let kind: Kind
    }

    /// Checks the header of an object of the classic format, and its messages.
    private mutating func checkObject(at address: UInt64) throws {
        guard isNew(address, .object) else { return }
        var prefix = try space.piece(at: address, count: 16, what: "object header")
        let version = try prefix.read(UInt8.self)
        if version == UInt8(ascii: "O") { return }
        try prefix.require(version == 1)
        try prefix.skip(1)
        let messageCount = try prefix.readInt(UInt16.self)
        try prefix.skip(4)
        let size = try prefix.readInt(UInt32.self)
        var blocks = [
            try space.piece(at: address &+ 16, count: size, what: "object header")
        ]
        var object = HDF5ObjectSummary()
        var count = 0
        while var block = blocks.popLast() {
            while block.remaining >= 8 {
                let type = try block.read(UInt16.self)
                let size = try block.readInt(UInt16.self)
                let flags = try block.read(UInt8.self)
                try block.skip(3)
                try block.require(size % 8 == 0)
                var message = try block.piece(size, what: "object header message")
                count += 1
                if type == 0x10 {
                    blocks.append(try continuation(&message))
                } else if flags & 2 == 0 {
                    try checkMessage(type, &message, of: &object)
                }
            }
        }
        try prefix.require(count == messageCount)
        try checkChunks(of: object)
    }

    private mutating func continuation(_ message: inout HDF5Cursor) throws -> HDF5Cursor {
        let address = try message.read(UInt64.self)
        try message.require(isNew(address, .headerBlock))
        return try space.piece(
            at: address, count: try message.readInt(UInt64.self), what: "object header")
    }
}

/// What the messages of an object's header say.
struct HDF5ObjectSummary {
    /// How far each extent may grow.
    var limits: [UInt64] = []
    var elementSize: Int?
    /// The index of chunks and the extents of each chunk, the bytes of an element last.
    var chunks: (index: UInt64, extents: [Int])?
}
