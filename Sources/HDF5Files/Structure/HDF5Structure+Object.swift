import Problems

/// What the messages of an object header say, as far as they have to agree.
struct HDF5ObjectParts {
    /// The kinds of messages so far, one bit each.
    var kinds: UInt32 = 0
    var type: HDF5StoredType?
    var space: HDF5Dataspace?
    var filters = HDF5Filters()
    var isGroup = false
    var hasExternalFiles: Bool { kinds & 1 << 7 != 0 }
    /// The bytes of the fill value; 0 for none.
    var fillSize = 0
    var layout: HDF5StructureCursor?
    /// How many links and attributes are messages of the header; libhdf5 looks for one of them by going through all.
    var listed = 0

    static let mostListed = 1 << 12
}

/// Object headers and their messages.
extension HDF5Structure {
    /// Checks the object whose header is at a position, and notes the objects it links to.
    mutating func checkObject(at position: Int) throws {
        let header = try cursor(at: position, count: 4, "object header")
        let isNew = header.hasSignature("OHDR", at: position)
        var parts = HDF5ObjectParts()
        var blocks = [isNew ? try newHeader(at: position) : try oldHeader(at: position)]
        var index = 0
        while index < blocks.count {
            try checkMessages(blocks[index], &parts, &blocks)
            index += 1
        }
        try checkDataset(parts, header)
        if parts.isGroup { groups.insert(position) }
    }

    /// The first block of messages of a header of version 1.
    private mutating func oldHeader(at position: Int) throws -> HDF5MessageBlock {
        let prefix = 16
        var header = try structure(at: position, count: prefix, "object header")
        try header.byte(in: 1...1, "version")
        try header.skip(7)
        let size = try header.uint32()
        return HDF5MessageBlock(
            messages: try structure(at: position + prefix, count: size, "object header"),
            isNew: false, isNumbered: false)
    }

    private mutating func checkMessages(
        _ block: HDF5MessageBlock, _ parts: inout HDF5ObjectParts,
        _ blocks: inout [HDF5MessageBlock]
    ) throws {
        var block = block
        while let (kind, flags, content) = try block.next() {
            var message = content
            if kind == 0x10 {
                try blocks.append(continuation(&message, of: block))
            } else if kind == 0x16, block.isNew {
                try message.byte(in: 0...0, "version")
                try message.skip(4)
            } else if kind != 0 {
                guard flags & 2 == 0 else { throw Self.unsupported("shared messages") }
                try note(kind, message, &parts)
                try check(message, of: kind, flags: flags, &parts)
            }
        }
    }

    private mutating func continuation(
        _ message: inout HDF5StructureCursor, of block: HDF5MessageBlock
    ) throws -> HDF5MessageBlock {
        let position = try message.address()
        let size = try message.lengthInFile()
        guard size >= 8 else { throw message.fault("a wrong continuation") }
        return try continuation(at: position, count: size, of: block)
    }

    /// Refuses a second message of a kind that an object has once.
    private func note(_ kind: Int, _ message: HDF5StructureCursor, _ parts: inout HDF5ObjectParts)
        throws
    {
        if [0x02, 0x06, 0x11].contains(kind) { parts.isGroup = true }
        guard kind != 0x06, kind != 0x0C else {
            parts.listed += 1
            guard parts.listed <= HDF5ObjectParts.mostListed else {
                throw message.fault("more than \(HDF5ObjectParts.mostListed) links or attributes")
            }
            return
        }
        guard kind < 32 else { return }
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
        case 0x02:
            try checkLarge(&message, numberWidth: 8, .links) { try $0.checkLink(&$1) }
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
        case 0x15:
            try checkLarge(&message, numberWidth: 2, .attributes) { try $0.checkAttribute(&$1) }
        case 0x0F, 0x13, 0x14, 0x16, 0x17, 0x18:
            throw message.fault("a message \(kind) that does not belong to an object")
        default:
            guard flags & 0x80 == 0 else { throw message.fault("unknown message \(kind)") }
        }
    }

    /// Checks the links of a large group, or the many attributes of an object, and where they are.
    private mutating func checkLarge(
        _ message: inout HDF5StructureCursor, numberWidth: Int, _ kind: HDF5DenseStorage,
        _ check: (inout HDF5Structure, inout HDF5StructureCursor) throws -> Void
    ) throws {
        try message.byte(in: 0...0, "version")
        let flags = try message.byte(in: 0...3, "flags")
        if flags & 1 != 0 { try message.skip(numberWidth) }
        let heap = try message.optionalAddress()
        let names = try message.optionalAddress()
        let order = flags & 2 != 0 ? try message.optionalAddress() : nil
        // libhdf5 takes any one of the three as proof that the others are there.
        guard let heap, let names else {
            guard heap == nil, names == nil, order == nil else {
                throw message.fault("a heap or its index is missing")
            }
            return
        }
        try checkObjects(ofHeapAt: heap, listedAt: names, inOrderAt: order, kind, check)
    }
}
