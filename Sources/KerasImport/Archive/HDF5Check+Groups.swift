import Problems

extension HDF5Check {
    /// Checks a group: the index of its members and the heap of their names.
    mutating func checkGroup(index: UInt64, heap: UInt64) throws {
        guard isNew(index, .group) else { return }
        let names = try localHeap(at: heap)
        try checkGroupIndex(at: index, level: nil, names: names)
    }

    /// Checks an entry of 40 bytes that names an object: in a group, or the root in the superblock.
    mutating func checkEntry(_ entry: inout HDF5Cursor, names: HDF5Cursor?) throws {
        let name = try entry.readInt(UInt64.self)
        if let names { try entry.require(names.holdsString(at: name)) }
        let header = try entry.read(UInt64.self)
        let kind = try entry.read(UInt32.self)
        try entry.skip(4)
        switch kind {
        case 0:
            pending.append(header)
        case 1:
            pending.append(header)
            try checkGroup(
                index: try entry.read(UInt64.self), heap: try entry.read(UInt64.self))
        case 2:
            let target = try entry.readInt(UInt32.self)
            try entry.require(names?.holdsString(at: target) ?? false)
        default:
            throw entry.fault
        }
    }

    /// The strings of a local heap.
    private func localHeap(at address: UInt64) throws -> HDF5Cursor {
        var header = try space.piece(at: address, count: 32, what: "name heap")
        try header.expect("HEAP")
        try header.require(try header.read(UInt8.self) == 0)
        try header.skip(3)
        let size = try header.readInt(UInt64.self)
        var free = try header.readInt(UInt64.self)
        let data = try space.piece(
            at: try header.read(UInt64.self), count: size, what: "name heap")
        var steps = 0
        while free != 1 {
            try header.require(free >= 0 && free <= size - 16 && steps <= size / 16)
            var block = data
            try block.skip(free)
            let next = try block.readInt(UInt64.self)
            let length = try block.readInt(UInt64.self)
            try header.require(length >= 16 && length <= size - free)
            free = next
            steps += 1
        }
        return data
    }

    /// Checks a node of a group's B-tree and those below.
    ///
    /// - Parameter level: the level that the node has to have; nil for the top.
    private mutating func checkGroupIndex(
        at address: UInt64, level: UInt8?, names: HDF5Cursor
    ) throws {
        var header = try space.piece(at: address, count: 24, what: "group index")
        try header.require(isNew(address, .index))
        try header.expect("TREE")
        try header.require(try header.read(UInt8.self) == 0)
        let ownLevel = try header.read(UInt8.self)
        let count = try header.readInt(UInt16.self)
        try header.require(count <= groupFanOut && ownLevel == level ?? ownLevel)
        try checkSiblings(&header)
        var node = try space.piece(
            at: address &+ 24, count: 8 * (2 * groupFanOut + 1), what: "group index")
        for _ in 0..<count {
            try node.require(names.holdsString(at: try node.readInt(UInt64.self)))
            let child = try node.read(UInt64.self)
            if ownLevel == 0 {
                try checkSymbols(at: child, names: names)
            } else {
                try checkGroupIndex(at: child, level: ownLevel - 1, names: names)
            }
        }
        try node.require(names.holdsString(at: try node.readInt(UInt64.self)))
    }

    /// Checks that the neighbours of a node are in the file, or none.
    func checkSiblings(_ header: inout HDF5Cursor) throws {
        for _ in 0..<2 {
            let sibling = try header.read(UInt64.self)
            guard sibling != HDF5Space.undefined else { continue }
            _ = try space.piece(at: sibling, count: 24, what: "index")
        }
    }

    private mutating func checkSymbols(at address: UInt64, names: HDF5Cursor) throws {
        var table = try space.piece(
            at: address, count: 8 + 40 * leafCapacity, what: "symbol table")
        try table.require(isNew(address, .index))
        try table.expect("SNOD")
        try table.require(try table.read(UInt8.self) == 1)
        try table.skip(1)
        let count = try table.readInt(UInt16.self)
        try table.require(count <= leafCapacity)
        for _ in 0..<count {
            var entry = try table.piece(40, what: "group member")
            try checkEntry(&entry, names: names)
        }
    }
}
