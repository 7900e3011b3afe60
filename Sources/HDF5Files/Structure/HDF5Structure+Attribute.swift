/// An item of a global heap, which is a collection of texts and arrays of any length.
struct HDF5HeapItem {
    let index: Int
    /// In bytes.
    let size: Int
}

/// Attributes and the global heaps where their texts are.
extension HDF5Structure {
    /// Checks an attribute in a message of version 1 to 3.
    mutating func checkAttribute(_ message: inout HDF5StructureCursor) throws {
        let version = try message.byte(in: 1...3, "version")
        let flags = try message.byte()
        guard version == 1 || flags == 0 else { throw Self.unsupported("shared messages") }
        let nameSize = try message.uint16()
        let typeSize = try message.uint16()
        let spaceSize = try message.uint16()
        if version == 3 { try message.byte(in: 0...1, "character set") }
        let padded = { (size: Int) in version == 1 ? (size + 7) / 8 * 8 : size }
        var name = try message.part(padded(nameSize), "attribute name")
        guard try name.text() == nameSize - 1 else { throw name.fault("a wrong length") }
        var typePart = try message.part(padded(typeSize), "attribute type")
        let type = try storedType(&typePart)
        var spacePart = try message.part(padded(spaceSize), "attribute extents")
        let space = try dataspace(&spacePart)
        guard let byteCount = space.byteCount(of: type) else {
            throw message.fault("extents beyond all memory")
        }
        var elements = try message.part(byteCount, "attribute")
        guard type.kind == HDF5StoredType.variableLength else { return }
        for _ in 0..<space.count { try checkReference(&elements, itemSize: type.itemSize) }
    }

    /// Checks an element of variable length, which is an item of a global heap.
    private mutating func checkReference(_ elements: inout HDF5StructureCursor, itemSize: Int)
        throws
    {
        let count = try elements.uint32()
        let position = try elements.optionalAddress()
        let index = try elements.uint32()
        // The address 0 stands for nothing.
        guard let position, position != format.base else { return }
        let size = count.multipliedReportingOverflow(by: itemSize)
        guard !size.overflow,
            try self.size(ofItem: index, at: position) == size.partialValue
        else { throw elements.fault("\(count) items that the global heap has not") }
        try list(size.partialValue, elements)
    }

    /// The bytes of an item of the global heap at a position; nil for an unused index.
    private mutating func size(ofItem index: Int, at position: Int) throws -> Int? {
        var range: Range<Int>
        if let known = collections[position] {
            range = known
        } else {
            range = try readCollection(at: position)
            collections[position] = range
        }
        while !range.isEmpty {
            let middle = range.lowerBound + range.count / 2
            let item = items[middle]
            if item.index == index { return item.size }
            range =
                item.index < index ? middle + 1..<range.upperBound : range.lowerBound..<middle
        }
        return nil
    }

    /// Checks a global heap: its items are inside it, one behind another, each index once.
    ///
    /// - Returns: where they are in `items`.
    private mutating func readCollection(at position: Int) throws -> Range<Int> {
        let headerSize = 8 + format.lengthSize
        var start = try cursor(at: position, count: headerSize, "global heap")
        try start.signature("GCOL")
        try start.byte(in: 1...1, "version")
        try start.skip(3)
        let size = try start.lengthInFile()
        guard size >= 4096 else { throw start.fault("\(size) bytes") }
        var heap = try structure(at: position, count: size, "global heap")
        try heap.skip(headerSize)
        let first = items.count
        while heap.count >= headerSize {
            let index = try heap.uint16()
            try heap.skip(6)
            let size = try heap.lengthInFile()
            if index == 0 {
                // What is free takes up the rest, with the header here.
                try heap.skip(size - headerSize)
                guard heap.count < headerSize else {
                    throw heap.fault("items behind the free rest")
                }
            } else {
                try heap.skip((size + 7) / 8 * 8)
                items.append(HDF5HeapItem(index: index, size: size))
            }
        }
        let range = first..<items.count
        let isAscending = { (next: Int) in items[next - 1].index < items[next].index }
        if !range.dropFirst().allSatisfy(isAscending) {
            items[range].sort { $0.index < $1.index }
            guard range.dropFirst().allSatisfy(isAscending) else {
                throw heap.fault("an index that is there twice")
            }
        }
        return range
    }
}
