/// The filters that the chunks of a dataset went through, in the order of writing.
struct HDF5Filters {
    var numbers: [Int] = []

    static let deflate = 1
    static let shuffle = 2
    static let fletcher32 = 3

    /// Whether a chunk of `size` bytes may have become `stored` bytes, without the filters in `mask`.
    func permit(_ stored: Int, for size: Int, mask: Int) -> Bool {
        var expected = size
        var isExact = true
        for (index, number) in numbers.enumerated() where mask >> index & 1 == 0 {
            switch number {
            case Self.shuffle: break
            case Self.fletcher32: expected += 4
            default: isExact = false
            }
        }
        return isExact ? stored == expected : stored > 4
    }
}

/// Chunked datasets: filters and the B-tree that finds the chunks.
extension HDF5Structure {
    /// Checks a filter pipeline.
    func filters(_ message: inout HDF5StructureCursor) throws -> HDF5Filters {
        let version = try message.byte(in: 1...2, "version")
        let count = try message.byte(in: 1...32, "number of filters")
        if version == 1 { try message.skip(6) }
        var filters = HDF5Filters()
        for _ in 0..<count {
            let number = try message.uint16()
            let nameLength = version == 1 || number >= 256 ? try message.uint16() : 0
            try message.skip(2)
            let values = try message.uint16()
            if nameLength > 0 {
                let padded = version == 1 ? (nameLength + 7) / 8 * 8 : nameLength
                var name = try message.part(padded, "filter name")
                try name.text()
            }
            try message.skip(4 * (version == 1 ? (values + 1) / 2 * 2 : values))
            // Other filters take parameters and sizes in the file at their word.
            guard (HDF5Filters.deflate...HDF5Filters.fletcher32).contains(number) else {
                throw Self.unsupported("the filter \(number)")
            }
            // libhdf5 takes the checksum off without looking whether the data is long enough.
            guard !filters.numbers.contains(number),
                !filters.numbers.contains(HDF5Filters.fletcher32)
            else { throw message.fault("a filter that is repeated or behind the checksum") }
            filters.numbers.append(number)
        }
        return filters
    }

    /// Checks the chunks of a layout message.
    mutating func checkChunks(
        _ layout: inout HDF5StructureCursor, rank: Int, _ type: HDF5StoredType,
        _ filters: HDF5Filters
    ) throws {
        let root = try layout.optionalAddress()
        var extents: [Int] = []
        var size = 1
        for _ in 0..<rank {
            let extent = try layout.uint32()
            let product = size.multipliedReportingOverflow(by: extent)
            guard !product.overflow, (1...0xFFFF_FFFF).contains(product.partialValue) else {
                throw layout.fault("a chunk extent of \(extent)")
            }
            extents.append(extent)
            size = product.partialValue
        }
        guard extents.last == type.size else { throw layout.fault("chunks of another type") }
        let chunks = ChunkShape(extents: extents, size: size, filters: filters)
        if let root { try checkChunkNode(at: root, level: nil, chunks) }
    }

    private struct ChunkShape {
        let extents: [Int]
        let size: Int
        let filters: HDF5Filters
    }

    private mutating func checkChunkNode(
        at position: Int, level: Int?, _ chunks: ChunkShape
    ) throws {
        let room = 2 * format.chunkInternalK
        let keySize = 8 + 8 * chunks.extents.count
        let size = 8 + (room + 2) * format.addressSize + (room + 1) * keySize
        var node = try structure(at: position, count: size, "chunk B-tree")
        let (own, children) = try nodeHeader(&node, kind: 1, level: level, room: room)
        for _ in 0..<children {
            let stored = try node.uint32()
            let mask = try node.uint32()
            try checkOffsets(&node, chunks)
            let child = try node.address()
            guard own == 0 else {
                try checkChunkNode(at: child, level: own - 1, chunks)
                continue
            }
            guard chunks.filters.permit(stored, for: chunks.size, mask: mask),
                stored <= bytes.count - child
            else { throw node.fault("a chunk of \(stored) bytes") }
        }
        if children > 0 {
            try node.skip(8)
            try checkOffsets(&node, chunks)
        }
    }

    private func checkOffsets(_ node: inout HDF5StructureCursor, _ chunks: ChunkShape) throws {
        for extent in chunks.extents {
            guard try node.unsigned(8) % UInt64(extent) == 0 else {
                throw node.fault("a chunk between others")
            }
        }
    }
}
