import Problems

/// What the messages of an object header say, as far as they have to agree.
struct HDF5ObjectParts {
    /// The kinds of messages so far, one bit each.
    var kinds: UInt32 = 0
    var type: HDF5StoredType?
    var space: HDF5Dataspace?
    var filters = HDF5Filters()
    /// The bytes of the fill value; 0 for none.
    var fillSize = 0
    var layout: HDF5StructureCursor?
}

/// Object headers of version 1 and their messages.
extension HDF5Structure {
    /// Checks the object whose header is at a position, and notes the objects it links to.
    mutating func checkObject(at position: Int) throws {
        let prefix = 16
        var header = try cursor(at: position, count: 4, "object header")
        if header.hasSignature("OHDR", at: position) { return }
        header = try structure(at: position, count: prefix, "object header")
        try header.byte(in: 1...1, "version")
        try header.skip(7)
        let size = try header.uint32()
        var parts = HDF5ObjectParts()
        var blocks = [try structure(at: position + prefix, count: size, "object header")]
        var index = 0
        while index < blocks.count {
            try checkMessages(blocks[index], &parts, &blocks)
            index += 1
        }
        try checkDataset(parts, header)
    }

    private mutating func checkMessages(
        _ block: HDF5StructureCursor, _ parts: inout HDF5ObjectParts,
        _ blocks: inout [HDF5StructureCursor]
    ) throws {
        var block = block
        while block.count > 0 {
            let kind = try block.uint16()
            let size = try block.uint16()
            let flags = try block.byte()
            try block.skip(3)
            guard size % 8 == 0 else { throw block.fault("a message of \(size) bytes") }
            var message = try block.part(size, "object header message")
            if kind == 0x10 {
                try blocks.append(continuation(&message))
            } else if kind != 0 {
                guard flags & 2 == 0 else { throw Self.unsupported("shared messages") }
                try note(kind, message, &parts)
                try check(message, of: kind, flags: flags, &parts)
            }
        }
    }

    private mutating func continuation(_ message: inout HDF5StructureCursor) throws
        -> HDF5StructureCursor
    {
        let position = try message.address()
        let size = try message.lengthInFile()
        guard size >= 8, continuations.insert(position).inserted else {
            throw message.fault("a wrong continuation")
        }
        return try structure(at: position, count: size, "object header continuation")
    }

    /// Refuses a second message of a kind that an object has once.
    private func note(_ kind: Int, _ message: HDF5StructureCursor, _ parts: inout HDF5ObjectParts)
        throws
    {
        let repeatable = kind == 0x06 || kind == 0x0C
        guard kind < 32, !repeatable else { return }
        let bit = UInt32(1) << UInt32(kind)
        guard parts.kinds & bit == 0 else { throw message.fault("a second message \(kind)") }
        parts.kinds |= bit
    }

    private mutating func check(
        _ message: HDF5StructureCursor, of kind: Int, flags: Int, _ parts: inout HDF5ObjectParts
    ) throws {
        var message = message
        switch kind {
        case 0x01: parts.space = try dataspace(&message)
        case 0x02: try checkLinkInfo(&message)
        case 0x03: parts.type = try storedType(&message)
        case 0x04, 0x05:
            let size = try fillSize(&message, isOld: kind == 0x04)
            guard size == 0 || parts.fillSize == 0 || size == parts.fillSize else {
                throw message.fault("a second fill value")
            }
            parts.fillSize = max(parts.fillSize, size)
        case 0x06: try checkLink(&message)
        case 0x07: try checkExternalFiles(&message)
        case 0x08: parts.layout = message
        case 0x0A:
            try message.byte(in: 0...0, "version")
            let fields = try message.byte(in: 0...3, "flags")
            try message.skip((fields & 1) * 4 + (fields >> 1) * 4)
        case 0x0B: parts.filters = try filters(&message)
        case 0x0C: try checkAttribute(&message)
        case 0x0D: try message.text()
        case 0x0E: try message.skip(16)
        case 0x11: try checkGroup(&message)
        case 0x12:
            try message.byte(in: 1...1, "version")
            try message.skip(7)
        case 0x15: try checkLinkInfo(&message, indexWidth: 2)
        case 0x0F, 0x13, 0x14, 0x16, 0x17, 0x18:
            throw message.fault("a message \(kind) that does not belong to an object")
        default:
            guard flags & 0x80 == 0 else { throw message.fault("unknown message \(kind)") }
        }
    }

    /// Checks where a group of the newer format has its links, or an object its many attributes.
    private func checkLinkInfo(_ message: inout HDF5StructureCursor, indexWidth: Int = 8) throws {
        try message.byte(in: 0...0, "version")
        let flags = try message.byte(in: 0...3, "flags")
        if flags & 1 != 0 { try message.skip(indexWidth) }
        for _ in 0..<(flags & 2 == 0 ? 2 : 3) { _ = try message.optionalAddress() }
    }
}
