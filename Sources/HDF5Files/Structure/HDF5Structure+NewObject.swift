import Problems

/// A block of the messages of an object header.
struct HDF5MessageBlock {
    var messages: HDF5StructureCursor
    /// Whether the header is of version 2, whose messages are not padded.
    let isNew: Bool
    /// Whether each message has a number of its own.
    let isNumbered: Bool
    private var isFirst = true

    init(messages: HDF5StructureCursor, isNew: Bool, isNumbered: Bool) {
        self.messages = messages
        self.isNew = isNew
        self.isNumbered = isNumbered
    }

    /// The bytes in front of each message.
    private var prefixSize: Int { isNew ? (isNumbered ? 6 : 4) : 8 }

    /// Passes the next message; nil at the end of the block.
    mutating func next() throws -> (kind: Int, flags: Int, message: HDF5StructureCursor)? {
        guard messages.count > 0 else { return nil }
        // libhdf5 takes a gap only behind a message.
        if isNew, messages.count < prefixSize, !isFirst { return nil }
        isFirst = false
        let kind = isNew ? try messages.byte() : try messages.uint16()
        let size = try messages.uint16()
        let flags = try messages.byte()
        try messages.skip(prefixSize - (isNew ? 4 : 5))
        guard isNew || size % 8 == 0 else { throw messages.fault("a message of \(size) bytes") }
        return (kind, flags, try messages.part(size, "object header message"))
    }
}

/// Object headers of version 2, which have checksums.
extension HDF5Structure {
    /// The first block of messages of the object header at a position.
    mutating func newHeader(at position: Int) throws -> HDF5MessageBlock {
        var prefix = try cursor(at: position, count: 6, "object header")
        try prefix.signature("OHDR")
        try prefix.byte(in: 2...2, "version")
        let flags = try prefix.byte(in: 0...0x3F, "flags")
        let fields = (flags & 0x20 == 0 ? 0 : 16) + (flags & 0x10 == 0 ? 0 : 4)
        let width = 1 << (flags & 3)
        var sized = try cursor(at: position + 6, count: fields + width, "object header")
        try sized.skip(fields)
        let size = try sized.unsigned(width)
        guard size <= UInt64(bytes.count) else { throw sized.fault("\(size) bytes of messages") }
        let start = 6 + fields + width
        var messages = try checksummed(
            at: position, count: start + Int(size) + 4, "object header")
        try messages.skip(start)
        return HDF5MessageBlock(messages: messages, isNew: true, isNumbered: flags & 4 != 0)
    }

    /// The block that continues a header like that of `block`, which is at a position.
    mutating func continuation(
        at position: Int, count: Int, of block: HDF5MessageBlock
    ) throws -> HDF5MessageBlock {
        let what: StaticString = "object header continuation"
        var messages: HDF5StructureCursor
        if block.isNew {
            messages = try checksummed(at: position, count: count, what)
            try messages.signature("OCHK")
        } else {
            messages = try structure(at: position, count: count, what)
        }
        return HDF5MessageBlock(
            messages: messages, isNew: block.isNew, isNumbered: block.isNumbered)
    }
}
