import Problems

/// Where the objects of a fractal heap are.
struct HDF5FractalHeap {
    /// A block of the heap: the part of its offsets that it holds, and its place in the file.
    struct Block {
        let offset: UInt64
        let size: Int
        let position: Int
    }

    let idSize: Int
    let offsetWidth: Int
    let lengthWidth: Int
    let hasChecksums: Bool
    /// How many of the heap's offsets are in use.
    let size: UInt64
    /// The largest object in a block, in bytes.
    let largestObject: Int
    /// The bytes in front of the objects of a block: signature, version, address, offset and checksum.
    let prefixSize: Int
    let tableWidth: Int
    /// The exponents of the sizes of the smallest and the largest block.
    let exponents: ClosedRange<Int>
    /// The position of the header in the file.
    let header: Int
    /// The position of the tree of objects that no block can hold.
    let huge: Int?
    var blocks: [Block] = []

    /// The size of the blocks in a row, as an exponent: the first two rows have the smallest.
    func exponent(ofRow row: Int) -> Int { exponents.lowerBound + max(row - 1, 0) }

    /// The block that holds a part of the heap's offsets behind its prefix, nil for none.
    func block(at offset: UInt64, count: Int) -> Block? {
        guard offset <= size, (1...largestObject).contains(count) else { return nil }
        var range = blocks.startIndex..<blocks.endIndex
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let block = blocks[middle]
            if offset < block.offset {
                range = range.lowerBound..<middle
            } else if offset - block.offset >= UInt64(block.size) {
                range = middle + 1..<range.upperBound
            } else {
                let start = Int(offset - block.offset)
                return start >= prefixSize && count <= block.size - start ? block : nil
            }
        }
        return nil
    }
}

/// How a kind of object is kept in a fractal heap and listed by B-trees.
struct HDF5DenseStorage {
    /// The bytes of an object's identifier in the heap.
    let idSize: Int
    /// The records of the tree that is sorted by names.
    let names: HDF5RecordKind
    /// The records of the tree that is sorted by creation.
    let order: HDF5RecordKind
    /// Whether objects may be so large that they lie outside of the heap.
    let acceptsHugeObjects: Bool

    static let links = HDF5DenseStorage(
        idSize: 7, names: HDF5RecordKind(number: 5, size: 11, id: 4),
        order: HDF5RecordKind(number: 6, size: 15, id: 8),
        acceptsHugeObjects: false)
    static let attributes = HDF5DenseStorage(
        idSize: 8, names: HDF5RecordKind(number: 8, size: 17, id: 0, flags: 8),
        order: HDF5RecordKind(number: 9, size: 13, id: 0, flags: 8),
        acceptsHugeObjects: true)
}

/// Fractal heaps, which hold the links of large groups and the attributes of objects with many.
extension HDF5Structure {
    /// Calls `check` with each object of the heap that a tree lists.
    ///
    /// - Parameters:
    ///   - order: the position of a second tree of the same objects, sorted by their creation; nil for none.
    mutating func checkObjects(
        ofHeapAt position: Int, listedAt names: Int, inOrderAt order: Int?,
        _ kind: HDF5DenseStorage,
        _ check: (inout HDF5Structure, inout HDF5StructureCursor) throws -> Void
    ) throws {
        let heap = try fractalHeap(at: position)
        guard heap.idSize == kind.idSize else {
            throw try cursor(at: position, count: 0, "fractal heap")
                .fault("identifiers of \(heap.idSize) bytes")
        }
        let records = try records(ofTreeAt: names, kind.names)
        var hugeObjects: Set<UInt64> = []
        for record in records {
            switch try object(of: heap, record, kind.names) {
            case .inside(var object):
                try list(object.count, object)
                try check(&self, &object)
            case .huge(let number):
                // libhdf5 crashes if it does not find one while it lists a group.
                guard kind.acceptsHugeObjects else { throw Self.unsupported("names of 4 KB") }
                guard hugeObjects.insert(number).inserted else {
                    throw record.fault("an object that is listed several times")
                }
            }
        }
        if let order {
            let ordered = try self.records(ofTreeAt: order, kind.order)
            guard ordered.count == records.count else {
                throw try cursor(at: order, count: 0, "B-tree")
                    .fault("\(ordered.count) records for \(records.count) objects")
            }
            for record in ordered { _ = try object(of: heap, record, kind.order) }
        }
        try checkHugeObjects(of: heap, check)
    }

    private mutating func checkHugeObjects(
        of heap: HDF5FractalHeap,
        _ check: (inout HDF5Structure, inout HDF5StructureCursor) throws -> Void
    ) throws {
        guard let huge = heap.huge else { return }
        let width = format.addressSize + 2 * format.lengthSize
        for var record in try self.records(
            ofTreeAt: huge, HDF5RecordKind(number: 1, size: width, id: 0))
        {
            let position = try record.address()
            var object = try cursor(at: position, count: try record.lengthInFile(), "heap object")
            try list(object.count, object)
            try check(&self, &object)
        }
    }

    /// Where an object of a heap is: in a block or a record, or in the tree of huge objects.
    private enum HeapObject {
        case inside(HDF5StructureCursor)
        case huge(UInt64)
    }

    /// The object that a record names.
    private func object(
        of heap: HDF5FractalHeap, _ record: HDF5StructureCursor, _ kind: HDF5RecordKind
    ) throws -> HeapObject {
        var record = record
        try record.skip(kind.id)
        var id = try record.part(heap.idSize, "heap identifier")
        if let flags = kind.flags {
            try record.skip(flags - kind.id - heap.idSize)
            guard try record.byte() == 0 else { throw Self.unsupported("shared messages") }
        }
        let flags = try id.byte()
        switch flags >> 4 {
        case 0:
            let offset = try id.unsigned(heap.offsetWidth)
            let count = Int(try id.unsigned(heap.lengthWidth))
            guard let block = heap.block(at: offset, count: count) else {
                throw id.fault("an object outside its heap")
            }
            return .inside(
                try cursor(
                    at: block.position + Int(offset - block.offset), count: count, "heap object"))
        case 1:
            guard heap.huge != nil else { throw id.fault("an object outside its heap") }
            return .huge(try id.unsigned(id.count))
        case 2: return .inside(try id.part(flags & 15 + 1, "heap object"))
        default: throw id.fault("an object of kind \(flags)")
        }
    }

    private mutating func fractalHeap(at position: Int) throws -> HDF5FractalHeap {
        let (a, l) = (format.addressSize, format.lengthSize)
        var header = try checksummed(at: position, count: 26 + 3 * a + 12 * l, "fractal heap")
        try header.signature("FRHP")
        try header.byte(in: 0...0, "version")
        let idSize = try header.uint16()
        guard try header.uint16() == 0 else { throw Self.unsupported("compressed groups") }
        let flags = try header.byte(in: 0...3, "flags")
        let largest = try header.uint32()
        try header.skip(l)
        let huge = try header.optionalAddress()
        try header.skip(l + a)
        let size = try header.length()
        try header.skip(7 * l)
        let width = try header.uint16()
        let exponents = (try exponent(&header), try exponent(&header))
        let bits = try header.uint16()
        try header.skip(2)
        let root = try header.optionalAddress()
        let rows = try header.uint16()
        // libhdf5 makes a table with a row for each doubling from the first row to the whole heap.
        guard width > 0, width & (width - 1) == 0, bits <= 64, largest > 0,
            exponents.0 <= exponents.1, exponents.0 + width.trailingZeroBitCount <= bits,
            exponents.1 <= bits, rows <= bits - exponents.0 - width.trailingZeroBitCount + 1
        else { throw header.fault("sizes that contradict") }
        let offsetWidth = (bits + 7) / 8
        let hasChecksums = flags & 2 != 0
        var heap = HDF5FractalHeap(
            idSize: idSize, offsetWidth: offsetWidth,
            lengthWidth: min(
                exponents.1 + 7, largest.bitWidth - largest.leadingZeroBitCount + 7) / 8,
            hasChecksums: hasChecksums, size: size, largestObject: min(largest, 1 << exponents.1),
            prefixSize: 5 + a + offsetWidth + (hasChecksums ? 4 : 0), tableWidth: width,
            exponents: exponents.0...exponents.1,
            header: position, huge: huge)
        guard let root else { return heap }
        if rows == 0 {
            try add(blockAt: root, offset: 0, exponent: exponents.0, to: &heap)
        } else {
            try addBlocks(ofTableAt: root, rows: rows, offset: 0, to: &heap)
        }
        return heap
    }

    private func exponent(_ header: inout HDF5StructureCursor) throws -> Int {
        let size = try header.length()
        guard size > 1, size <= 1 << 31, size & (size - 1) == 0 else {
            throw header.fault("blocks of \(size) bytes")
        }
        return size.trailingZeroBitCount
    }

    private mutating func add(
        blockAt position: Int, offset: UInt64, exponent: Int, to heap: inout HDF5FractalHeap
    ) throws {
        let size = 1 << exponent
        guard size >= heap.prefixSize else {
            throw try cursor(at: position, count: 0, "heap block").fault("\(size) bytes")
        }
        var block = try structure(at: position, count: size, "heap block")
        try block.signature("FHDB")
        try block.byte(in: 0...0, "version")
        guard try block.address() == heap.header, try block.unsigned(heap.offsetWidth) == offset
        else { throw block.fault("a block of another heap") }
        if heap.hasChecksums {
            let field = block.position..<block.position + 4
            guard checksum(position..<position + size, zeroing: field) == (try block.uint32())
            else {
                throw block.fault("its checksum does not match")
            }
        }
        heap.blocks.append(HDF5FractalHeap.Block(offset: offset, size: size, position: position))
    }

    /// The checksum of a part of the file, with zeros for the checksum that is in it.
    private func checksum(_ range: Range<Int>, zeroing field: Range<Int>) -> Int {
        var copy = Array(bytes[range])
        for index in field { copy[index - range.lowerBound] = 0 }
        return Int(copy.withUnsafeBytes { HDF5Checksum.of($0) })
    }

    /// Adds the blocks that a table lists, row by row and so in the order of their offsets.
    private mutating func addBlocks(
        ofTableAt position: Int, rows: Int, offset: UInt64, to heap: inout HDF5FractalHeap
    ) throws {
        let children = rows * heap.tableWidth
        let size = 5 + format.addressSize + heap.offsetWidth + children * format.addressSize + 4
        var table = try checksummed(at: position, count: size, "heap table")
        try table.signature("FHIB")
        try table.byte(in: 0...0, "version")
        guard try table.address() == heap.header, try table.unsigned(heap.offsetWidth) == offset
        else { throw table.fault("a table of another heap") }
        let widthExponent = heap.tableWidth.trailingZeroBitCount
        var next = offset
        for row in 0..<rows {
            let exponent = heap.exponent(ofRow: row)
            guard exponent < 62 else { throw table.fault("\(rows) rows") }
            for _ in 0..<heap.tableWidth {
                if let child = try table.optionalAddress() {
                    if exponent <= heap.exponents.upperBound {
                        try add(blockAt: child, offset: next, exponent: exponent, to: &heap)
                    } else {
                        let below = exponent - heap.exponents.lowerBound - widthExponent + 1
                        guard below > 0 else { throw table.fault("a table without rows") }
                        try addBlocks(ofTableAt: child, rows: below, offset: next, to: &heap)
                    }
                }
                let (sum, overflow) = next.addingReportingOverflow(1 << UInt64(exponent))
                guard !overflow else { throw table.fault("\(rows) rows") }
                next = sum
            }
        }
    }
}
