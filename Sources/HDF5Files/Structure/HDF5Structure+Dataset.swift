/// The extents of a dataset or an attribute.
struct HDF5Dataspace {
    /// The extents.
    let dims: [Int]
    /// The largest extents that the dataset can grow to; `Int.max` if there is no limit.
    let limits: [Int]
    /// The number of elements.
    let count: Int

    var rank: Int { dims.count }

    /// The bytes of all elements; nil if no number holds that.
    func byteCount(of type: HDF5StoredType) -> Int? {
        let product = count.multipliedReportingOverflow(by: type.size)
        return product.overflow ? nil : product.partialValue
    }
}

/// Extents, fill values and the place of a dataset's elements.
extension HDF5Structure {
    /// Checks the extents in a message of version 1 or 2.
    func dataspace(_ message: inout HDF5StructureCursor) throws -> HDF5Dataspace {
        let version = try message.byte(in: 1...2, "version")
        let rank = try message.byte(in: 0...32, "rank")
        let flags = try message.byte(in: 0...1, "flags")
        let kind = try message.byte()
        if version == 1 { try message.skip(4) }
        guard version == 1 || kind <= 2, version == 1 || rank == 0 || kind == 1 else {
            throw message.fault("extents of kind \(kind) and rank \(rank)")
        }
        var limitFields = message
        try limitFields.skip(rank * format.lengthSize)
        var count = 1
        var (dims, limits): ([Int], [Int]) = ([], [])
        for _ in 0..<rank {
            let extent = try message.length()
            let limit = flags == 1 ? try limitFields.length() : extent
            let product = count.multipliedReportingOverflow(by: Int(clamping: extent))
            guard !product.overflow, extent <= limit else {
                throw message.fault("an extent of \(extent)")
            }
            count = product.partialValue
            dims.append(Int(clamping: extent))
            limits.append(Int(clamping: limit))
        }
        return HDF5Dataspace(
            dims: dims, limits: limits, count: version == 2 && kind == 2 ? 0 : count)
    }

    /// Checks a fill value.
    ///
    /// - Returns: its bytes; 0 if there is none.
    func fillSize(_ message: inout HDF5StructureCursor, isOld: Bool) throws -> Int {
        guard !isOld else {
            let size = try message.uint32()
            try message.skip(size)
            return size
        }
        let version = try message.byte(in: 1...3, "version")
        let isStored: Bool
        if version == 3 {
            let flags = try message.byte(in: 0...0x3F, "flags")
            isStored = flags & 0x20 != 0
            guard !isStored || flags & 0x10 == 0 else { throw message.fault("flags \(flags)") }
        } else {
            try message.byte(in: 0...3, "allocation time")
            try message.byte(in: 0...2, "fill time")
            let isDefined = try message.byte(in: 0...1, "definition")
            isStored = version == 1 || isDefined == 1
        }
        guard isStored else { return 0 }
        let size = try message.uint32()
        if version == 1 && size == 0xFFFF_FFFF { return 0 }
        try message.skip(size)
        return size
    }

    /// Checks that the parts of a dataset agree; other objects pass.
    mutating func checkDataset(_ parts: HDF5ObjectParts, _ header: HDF5StructureCursor) throws {
        guard var layout = parts.layout else { return }
        guard let type = parts.type, let space = parts.space else {
            throw header.fault("a dataset without type or extents")
        }
        guard parts.fillSize == 0 || parts.fillSize == type.size else {
            throw header.fault("a fill value of \(parts.fillSize) bytes for \(type.size)")
        }
        guard let byteCount = space.byteCount(of: type) else {
            throw header.fault("extents beyond all memory")
        }
        let version = try layout.byte(in: 1...5, "version")
        guard version < 5 else { throw Self.newer("a dataset with a layout of version 5") }
        let kind: Int
        var chunkRank = 0
        if version >= 3 {
            kind = try layout.byte()
        } else {
            chunkRank = try layout.byte(in: 1...33, "rank")
            kind = try layout.byte()
            try layout.skip(5)
        }
        // libhdf5 takes a list of files for that of any layout, and divides by the extents of a grid of chunks.
        guard !parts.hasExternalFiles || kind == 1, kind != 2 || space.rank > 0 else {
            throw layout.fault("layout \(kind) with other files or without extents")
        }
        switch kind {
        case 0:
            if version < 3 { try layout.skip(4 * chunkRank) }
            let size = version >= 3 ? try layout.uint16() : try layout.uint32()
            try layout.skip(size)
            guard size >= byteCount else { throw layout.fault("\(size) bytes for \(byteCount)") }
        case 1: try checkContiguous(&layout, byteCount: byteCount, isSized: version >= 3)
        case 2 where version == 4: try checkNewChunks(layout, space, type, parts.filters)
        case 2:
            if version == 3 { chunkRank = try layout.byte(in: 1...33, "rank") }
            guard chunkRank == space.rank + 1 else { throw layout.fault("chunk rank \(chunkRank)") }
            try checkChunks(&layout, rank: chunkRank, type, parts.filters)
        default: throw layout.fault("layout \(kind)")
        }
    }

    private func checkContiguous(
        _ layout: inout HDF5StructureCursor, byteCount: Int, isSized: Bool
    ) throws {
        let start = try layout.optionalAddress()
        let size = isSized ? try layout.length() : UInt64(byteCount)
        // Without an address the elements were never written, or are in other files.
        guard let start else { return }
        guard size >= UInt64(byteCount), size <= UInt64(bytes.count - start) else {
            throw layout.fault("\(size) bytes at \(start) for \(byteCount)")
        }
    }
}
