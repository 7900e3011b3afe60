import Problems

/// The names of a group's members.
private struct NameHeap {
    /// The position of the heap in the file.
    let start: Int
    /// The offset of the last NUL.
    let lastEnd: Int

    /// Checks that a name starts and ends in the heap.
    ///
    /// - Returns: the position of the name in the file.
    @discardableResult
    func check(_ offset: UInt64, _ cursor: HDF5StructureCursor) throws -> Int {
        guard let offset = Int(exactly: offset), offset <= lastEnd else {
            throw cursor.fault("a name outside its heap")
        }
        return start + offset
    }
}

/// Groups: B-trees of symbol nodes with their names in local heaps, and links in messages.
extension HDF5Structure {
    /// Checks a symbol table message and the group it describes.
    mutating func checkGroup(_ message: inout HDF5StructureCursor) throws {
        let tree = try message.address()
        let heap = try nameHeap(at: try message.address())
        try checkGroupNode(at: tree, level: nil, heap)
    }

    private mutating func nameHeap(at position: Int) throws -> NameHeap {
        var header = try structure(
            at: position, count: 8 + 2 * format.lengthSize + format.addressSize,
            "local heap")
        try header.signature("HEAP")
        try header.byte(in: 0...0, "version")
        try header.skip(3)
        let size = try header.lengthInFile()
        var free = try header.length()
        let start = try header.address()
        _ = try structure(at: start, count: size, "local heap")
        // 1 ends the list of free blocks.
        var blocks = size / (2 * format.lengthSize)
        while free != 1 {
            guard blocks > 0, let offset = Int(exactly: free), offset < size else {
                throw header.fault("a wrong list of free blocks")
            }
            blocks -= 1
            var block = try cursor(at: start + offset, count: size - offset, "local heap")
            free = try block.length()
            let length = try block.length()
            guard length <= UInt64(size - offset) else { throw block.fault("a wrong free block") }
        }
        let last = bytes[start..<start + size].lastIndex(of: 0)
        return NameHeap(start: start, lastEnd: last.map { $0 - start } ?? -1)
    }

    private mutating func checkGroupNode(at position: Int, level: Int?, _ heap: NameHeap) throws {
        let room = 2 * format.groupInternalK
        let size =
            8 + (room + 2) * format.addressSize + (room + 1) * format.lengthSize
        var node = try structure(at: position, count: size, "group B-tree")
        let (own, children) = try nodeHeader(&node, kind: 0, level: level, room: room)
        try heap.check(try node.length(), node)
        for _ in 0..<children {
            let child = try node.address()
            try heap.check(try node.length(), node)
            if own == 0 {
                try checkSymbols(at: child, heap)
            } else {
                try checkGroupNode(at: child, level: own - 1, heap)
            }
        }
    }

    /// Passes the start of a node of a B-tree.
    ///
    /// - Returns: the level and the number of children.
    func nodeHeader(
        _ node: inout HDF5StructureCursor, kind: Int, level: Int?, room: Int
    ) throws -> (level: Int, children: Int) {
        try node.signature("TREE")
        try node.byte(in: kind...kind, "type")
        let own = try node.byte(in: 0...32, "level")
        let children = try node.uint16()
        guard level == nil || level == own, children <= room else {
            throw node.fault("level \(own) with \(children) children")
        }
        _ = try node.optionalAddress()
        _ = try node.optionalAddress()
        return (own, children)
    }

    private mutating func checkSymbols(at position: Int, _ heap: NameHeap) throws {
        let entrySize = format.lengthSize + format.addressSize + 24
        let room = 2 * format.groupLeafK
        var node = try structure(at: position, count: 8 + room * entrySize, "symbol node")
        try node.signature("SNOD")
        try node.byte(in: 1...1, "version")
        try node.skip(1)
        let count = try node.uint16()
        guard count <= room else { throw node.fault("\(count) symbols") }
        for _ in 0..<count {
            try list(try nameLength(at: try heap.check(try node.length(), node)), node)
            let object = try node.optionalAddress()
            let kind = try node.uint32()
            try node.skip(4)
            var scratch = try node.part(16, "symbol")
            switch (kind, object) {
            case (0, let object?): add(object: object)
            case (1, let object?):
                add(object: object)
                _ = try scratch.address()
                _ = try scratch.address()
            case (2, _):
                let path = try heap.check(UInt64(try scratch.uint32()), scratch)
                try list(try nameLength(at: path), scratch)
            default: throw node.fault("a symbol of kind \(kind)")
            }
        }
    }

    /// The bytes of a name up to its NUL, which is known to be there.
    private func nameLength(at position: Int) throws -> Int {
        var rest = try cursor(at: position, count: bytes.count - position, "local heap")
        return try rest.text()
    }

    /// Checks a link in a message: to an object, to a path, or into another file.
    mutating func checkLink(_ message: inout HDF5StructureCursor) throws {
        try message.byte(in: 1...1, "version")
        let flags = try message.byte(in: 0...31, "flags")
        let kind = flags & 8 != 0 ? try message.byte() : 0
        if flags & 4 != 0 { try message.skip(8) }
        if flags & 16 != 0 { try message.byte(in: 0...1, "character set") }
        let nameLength = try message.unsigned(1 << (flags & 3))
        guard nameLength > 0, nameLength <= UInt64(message.count) else {
            throw message.fault("a name of \(nameLength) bytes")
        }
        try message.skip(Int(nameLength))
        guard kind != 0 else { return add(object: try message.address()) }
        let length = try message.uint16()
        var target = try message.part(length, "link")
        switch kind {
        case 1: guard length > 0 else { throw target.fault("it leads nowhere") }
        case 64:
            try target.byte(in: 0...0, "version")
            try target.text()
            try target.text()
        default: throw target.fault("unknown kind \(kind)")
        }
    }

    /// Checks the names of files that hold the elements of a dataset.
    mutating func checkExternalFiles(_ message: inout HDF5StructureCursor) throws {
        try message.byte(in: 1...1, "version")
        try message.skip(3)
        let room = try message.uint16()
        let count = try message.uint16()
        let heap = try nameHeap(at: try message.address())
        guard count > 0, count <= room else { throw message.fault("\(count) external files") }
        // libhdf5 cannot close a file again after a failure in this list.
        for _ in 0..<count {
            let name = try heap.check(try message.length(), message)
            _ = try message.length()
            let size = try message.length()
            guard bytes[name] != 0, size > 0 else { throw message.fault("a wrong external file") }
        }
    }
}
