import Problems

extension HDF5Check {
    /// Checks a message of an object header.
    mutating func checkMessage(
        _ type: UInt16, _ message: inout HDF5Cursor, of object: inout HDF5ObjectSummary
    ) throws {
        switch type {
        case 0x01: object.limits = try dataspace(&message).limits
        case 0x03: object.elementSize = try HDF5TypeCheck.check(&message).size
        case 0x04: try message.skip(try message.readInt(UInt32.self))
        case 0x05: try checkFillValue(&message)
        case 0x08: try checkLayout(&message, of: &object)
        case 0x0B: try checkFilters(&message)
        case 0x0C: try checkAttribute(&message)
        case 0x11:
            try checkGroup(
                index: try message.read(UInt64.self), heap: try message.read(UInt64.self))
        default: break
        }
    }

    /// How far the extents of a dataspace may grow, and the number of its elements; `count` is nil beyond 2⁶³.
    func dataspace(_ message: inout HDF5Cursor) throws -> (limits: [UInt64], count: Int?) {
        let version = try message.read(UInt8.self)
        let rank = try message.readInt(UInt8.self)
        let flags = try message.read(UInt8.self)
        try message.require((version == 1 || version == 2) && rank <= 32 && flags <= 3)
        let kind = try message.read(UInt8.self)
        if version == 1 { try message.skip(4) } else { try message.require(kind <= 2) }
        var count: Int? = version == 2 && kind == 2 ? 0 : 1
        var extents: [UInt64] = []
        for _ in 0..<rank {
            let extent = try message.read(UInt64.self)
            extents.append(extent)
            let product = count?.multipliedReportingOverflow(by: Int(clamping: extent))
            count = product.flatMap { $0.overflow ? nil : $0.partialValue }
        }
        if flags & 1 != 0 {
            extents = try extents.map { extent in
                let limit = try message.read(UInt64.self)
                try message.require(limit >= extent)
                return limit
            }
        }
        if flags & 2 != 0 { try message.skip(8 * rank) }
        return (extents, count)
    }

    private func checkFillValue(_ message: inout HDF5Cursor) throws {
        let version = try message.read(UInt8.self)
        try message.require((1...3).contains(version))
        let isDefined: Bool
        if version == 3 {
            isDefined = try message.read(UInt8.self) & 0x20 != 0
        } else {
            try message.skip(2)
            isDefined = try message.read(UInt8.self) != 0 || version == 1
        }
        if isDefined { try message.skip(try message.readInt(UInt32.self)) }
    }

    private func checkLayout(
        _ message: inout HDF5Cursor, of object: inout HDF5ObjectSummary
    ) throws {
        let version = try message.read(UInt8.self)
        guard version == 3 else {
            try message.require(version == 1 || version == 2 || version == 4)
            return
        }
        switch try message.read(UInt8.self) {
        case 0:
            try message.skip(try message.readInt(UInt16.self))
        case 1:
            let address = try message.read(UInt64.self)
            let size = try message.readInt(UInt64.self)
            if address != HDF5Space.undefined {
                _ = try space.piece(at: address, count: size, what: "dataset")
            }
        case 2:
            let rank = try message.readInt(UInt8.self)
            try message.require((2...33).contains(rank))
            let index = try message.read(UInt64.self)
            let extents = try (0..<rank).map { _ in try message.readInt(UInt32.self) }
            object.chunks = (index, extents)
        default:
            throw message.fault
        }
    }

    private func checkFilters(_ message: inout HDF5Cursor) throws {
        let version = try message.read(UInt8.self)
        let count = try message.readInt(UInt8.self)
        try message.require((version == 1 || version == 2) && count <= 32)
        if version == 1 { try message.skip(6) }
        for _ in 0..<count {
            let identifier = try message.read(UInt16.self)
            let hasName = version == 1 || identifier >= 256
            let nameLength = hasName ? try message.readInt(UInt16.self) : 0
            try message.skip(2)
            let valueCount = try message.readInt(UInt16.self)
            try message.skip(version == 1 ? (nameLength + 7) / 8 * 8 : nameLength)
            try message.skip(4 * valueCount + (version == 1 ? valueCount % 2 * 4 : 0))
        }
    }

    /// Checks that the chunks of a dataset fit its shape and lie in the file.
    mutating func checkChunks(of object: HDF5ObjectSummary) throws {
        guard let (index, extents) = object.chunks else { return }
        let fits = zip(extents, object.limits).allSatisfy { $0 > 0 && $0 <= $1 }
        guard object.limits.count == extents.count - 1, fits, extents.last == object.elementSize
        else {
            throw Problem(
                .malformed(what: "HDF5 file", reason: "chunks do not fit the shape of a dataset"))
        }
        if index != HDF5Space.undefined {
            try checkChunkIndex(at: index, level: nil, rank: extents.count)
        }
    }

    private mutating func checkChunkIndex(at address: UInt64, level: UInt8?, rank: Int) throws {
        var header = try space.piece(at: address, count: 24, what: "chunk index")
        try header.require(isNew(address, .index))
        try header.expect("TREE")
        try header.require(try header.read(UInt8.self) == 1)
        let ownLevel = try header.read(UInt8.self)
        let count = try header.readInt(UInt16.self)
        try header.require(count <= chunkFanOut && ownLevel == level ?? ownLevel)
        try checkSiblings(&header)
        let keySize = 8 + 8 * rank
        var node = try space.piece(
            at: address &+ 24, count: chunkFanOut * (keySize + 8) + keySize, what: "chunk index")
        for _ in 0..<count {
            let size = try node.readInt(UInt32.self)
            try node.skip(keySize - 4)
            let child = try node.read(UInt64.self)
            if ownLevel == 0 {
                _ = try space.piece(at: child, count: size, what: "chunk")
            } else {
                try checkChunkIndex(at: child, level: ownLevel - 1, rank: rank)
            }
        }
    }
}
