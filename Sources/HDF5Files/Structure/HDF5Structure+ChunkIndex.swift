import Foundations

/// The chunks of a dataset whose layout message has version 4.
private struct IndexedChunks {
    /// The bytes of a chunk before filters.
    let size: Int
    let filters: HDF5Filters
    /// The number of chunks that the extents need, and that the largest extents need, at most `Int.max`.
    let count: Int
    let limit: Int
}

/// Indices of chunks of the newer format: none, a single chunk, or an array of as many as the dataset has.
///
/// The indices of datasets that can grow (extensible arrays, B-trees of version 2) are refused: Keras makes none.
/// Source: HDF5 File Format Specification, version 3.0, "Data Layout Message" and "Fixed Array Index".
extension HDF5Structure {
    /// Checks a layout message of version 4 from its flags on, and the index that it leads to.
    mutating func checkNewChunks(
        _ layout: HDF5StructureCursor, _ space: HDF5Dataspace, _ type: HDF5StoredType,
        _ filters: HDF5Filters
    ) throws {
        var layout = layout
        let flags = try layout.byte(in: 0...3, "flags")
        guard flags & 1 == 0 || filters.numbers.isEmpty else {
            throw Self.unsupported("chunks at the border that are not filtered")
        }
        let chunks = try indexedChunks(&layout, space, type, filters)
        let index = try layout.byte(in: 1...5, "index")
        guard (flags & 2 == 0) == (index != 1 || filters.numbers.isEmpty) else {
            throw layout.fault("flags \(flags) with the index \(index)")
        }
        switch index {
        case 1: try checkSingleChunk(&layout, chunks)
        case 2:
            guard let start = try layout.optionalAddress() else { return }
            guard saturatingProduct(chunks.limit, chunks.size) <= bytes.count - start,
                filters.numbers.isEmpty
            else { throw layout.fault("\(chunks.limit) chunks") }
        case 3: try checkFixedArray(&layout, chunks)
        default: throw Self.unsupported("chunks of a dataset that can grow")
        }
    }

    private func indexedChunks(
        _ layout: inout HDF5StructureCursor, _ space: HDF5Dataspace, _ type: HDF5StoredType,
        _ filters: HDF5Filters
    ) throws -> IndexedChunks {
        let rank = try layout.byte(in: 1...33, "rank")
        guard rank == space.rank + 1 else { throw layout.fault("chunk rank \(rank)") }
        let width = try layout.byte(in: 1...8, "width")
        var (size, count, limit) = (1, 1, 1)
        for axis in 0..<rank {
            let extent = Int(clamping: try layout.unsigned(width))
            size = saturatingProduct(size, extent)
            guard (1...0xFFFF_FFFF).contains(size), axis + 1 < rank || extent == type.size else {
                throw layout.fault("a chunk extent of \(extent)")
            }
            guard axis + 1 < rank else { break }
            let needed = space.dims[axis] / extent + (space.dims[axis] % extent == 0 ? 0 : 1)
            let most = space.limits[axis] / extent + (space.limits[axis] % extent == 0 ? 0 : 1)
            count = saturatingProduct(count, needed)
            limit = saturatingProduct(limit, most)
            guard count < Int.max else { throw layout.fault("extents beyond all memory") }
        }
        return IndexedChunks(size: size, filters: filters, count: count, limit: limit)
    }

    private func checkSingleChunk(
        _ layout: inout HDF5StructureCursor, _ chunks: IndexedChunks
    ) throws {
        var (stored, mask) = (chunks.size, 0)
        if !chunks.filters.numbers.isEmpty {
            stored = try layout.lengthInFile()
            mask = try layout.uint32()
        }
        guard chunks.count <= 1 else { throw layout.fault("one chunk of \(chunks.count)") }
        guard let start = try layout.optionalAddress() else { return }
        try checkChunk(at: start, stored: stored, mask: mask, chunks, layout)
    }

    private func checkChunk(
        at start: Int, stored: Int, mask: Int, _ chunks: IndexedChunks,
        _ cursor: HDF5StructureCursor
    ) throws {
        guard chunks.filters.permit(stored, for: chunks.size, mask: mask),
            stored <= bytes.count - start
        else { throw cursor.fault("a chunk of \(stored) bytes") }
    }

    private mutating func checkFixedArray(
        _ layout: inout HDF5StructureCursor, _ chunks: IndexedChunks
    ) throws {
        let pageBits = try layout.byte(in: 1...32, "page bits")
        guard let position = try layout.optionalAddress() else { return }
        let size = 12 + format.lengthSize + format.addressSize
        var header = try checksummed(at: position, count: size, "fixed array")
        try header.signature("FAHD")
        try header.byte(in: 0...0, "version")
        let client = chunks.filters.numbers.isEmpty ? 0 : 1
        try header.byte(in: client...client, "client")
        let sizeWidth = chunkSizeWidth(chunks.size)
        let entrySize = format.addressSize + (client == 0 ? 0 : sizeWidth + 4)
        try header.byte(in: entrySize...entrySize, "entry size")
        try header.byte(in: pageBits...pageBits, "page bits")
        // libhdf5 looks up every chunk of the dataset without asking whether the array is that long.
        let entries = try header.lengthInFile()
        guard entries == chunks.limit, entries > 0 else {
            throw header.fault("\(entries) entries for \(chunks.limit) chunks")
        }
        guard let block = try header.optionalAddress() else { return }
        try checkArrayBlock(
            at: block, of: position, entries: entries, entrySize: entrySize,
            page: 1 << pageBits, chunks)
    }

    /// The bytes of the size of a filtered chunk in an index.
    private func chunkSizeWidth(_ size: Int) -> Int {
        let log2 = Int.bitWidth - 1 - size.leadingZeroBitCount
        return min(1 + (log2 + 8) / 8, 8)
    }

    private mutating func checkArrayBlock(
        at position: Int, of array: Int, entries: Int, entrySize: Int, page: Int,
        _ chunks: IndexedChunks
    ) throws {
        let what: StaticString = "fixed array block"
        let pages = entries > page ? (entries + page - 1) / page : 0
        let prefix = 6 + format.addressSize + (pages + 7) / 8
        let own = pages == 0 ? entries * entrySize : 0
        var block = try checksummed(at: position, count: prefix + own + 4, what)
        try block.signature("FADB")
        try block.byte(in: 0...0, "version")
        try block.skip(1)
        guard try block.address() == array else { throw block.fault("a block of another array") }
        let bitmap = try block.skip((pages + 7) / 8)
        if pages == 0 { try checkEntries(&block, count: entries, entrySize, chunks) }
        var next = block.end + 4
        for index in 0..<pages {
            let count = min(page, entries - index * page)
            let size = count * entrySize + 4
            // A page that was never written has no checksum yet.
            if bytes[bitmap + index / 8] >> (7 - index % 8) & 1 == 1 {
                var entriesOfPage = try checksummed(at: next, count: size, what)
                try checkEntries(&entriesOfPage, count: count, entrySize, chunks)
            } else {
                _ = try structure(at: next, count: size, what)
            }
            next += size
        }
    }

    private func checkEntries(
        _ entries: inout HDF5StructureCursor, count: Int, _ entrySize: Int,
        _ chunks: IndexedChunks
    ) throws {
        let sizeWidth = entrySize - format.addressSize - 4
        for _ in 0..<count {
            let start = try entries.optionalAddress()
            var (stored, mask) = (chunks.size, 0)
            if sizeWidth > 0 {
                stored = Int(clamping: try entries.unsigned(sizeWidth))
                mask = try entries.uint32()
            }
            guard let start else { continue }
            try checkChunk(at: start, stored: stored, mask: mask, chunks, entries)
        }
    }
}
