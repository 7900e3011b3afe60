import Problems

/// The shape of a B-tree of version 2.
private struct Tree {
    let nodeSize: Int
    let recordSize: Int
    /// The bytes of a number of records in a child.
    let countWidth: Int
    /// The bytes of the number of records below a child, by the level of the child; 0 for leaves.
    var totalWidths = [0]
    /// How many records a node may have, by level.
    var limits: [Int]

    private static let overhead = 10

    /// - Returns: nil if the sizes contradict.
    init?(nodeSize: Int, recordSize: Int, depth: Int, addressSize: Int) {
        let leafLimit = (nodeSize - Self.overhead) / max(recordSize, 1)
        guard recordSize > 0, nodeSize > Self.overhead, leafLimit > 0 else { return nil }
        self.nodeSize = nodeSize
        self.recordSize = recordSize
        countWidth = Self.width(of: leafLimit)
        limits = [leafLimit]
        var total = leafLimit
        for level in 0..<depth {
            let pointer = addressSize + countWidth + totalWidths[level]
            let limit = (nodeSize - Self.overhead - pointer) / (recordSize + pointer)
            let below = total.multipliedReportingOverflow(by: limit + 1)
            guard limit > 0, !below.overflow, below.partialValue < Int.max / 2 else { return nil }
            total = below.partialValue + limit
            limits.append(limit)
            totalWidths.append(Self.width(of: total))
        }
    }

    /// The bytes that numbers up to a limit take.
    private static func width(of limit: Int) -> Int {
        (Int.bitWidth - limit.leadingZeroBitCount + 7) / 8
    }
}

/// The records of one type of B-tree: libhdf5 reads fields at fixed places, whatever size the file states.
struct HDF5RecordKind {
    /// The type of the tree in the file.
    let number: Int
    /// The bytes of a record.
    let size: Int
    /// Where the identifier of an object in a heap is.
    let id: Int
    /// Where the flags of a message are; nil for records without them.
    var flags: Int?
}

/// B-trees of version 2, which list the links and attributes of large objects.
extension HDF5Structure {
    /// The records of the B-tree at a position, each as a cursor.
    mutating func records(
        ofTreeAt position: Int, _ kind: HDF5RecordKind
    ) throws -> [HDF5StructureCursor] {
        let size = 22 + format.addressSize + format.lengthSize
        var header = try checksummed(at: position, count: size, "B-tree")
        try header.signature("BTHD")
        try header.byte(in: 0...0, "version")
        try header.byte(in: kind.number...kind.number, "type")
        let nodeSize = try header.uint32()
        let recordSize = try header.uint16()
        let depth = try header.uint16()
        try header.skip(2)
        let root = try header.optionalAddress()
        let count = try header.uint16()
        let total = try header.lengthInFile()
        // libhdf5 allocates whole nodes, and tables for as many objects as the header states.
        guard recordSize == kind.size, depth < 32, nodeSize <= bytes.count,
            (root == nil) == (count == 0),
            let tree = Tree(
                nodeSize: nodeSize, recordSize: recordSize, depth: depth,
                addressSize: format.addressSize)
        else { throw header.fault("records of \(recordSize) bytes, depth \(depth)") }
        var records: [HDF5StructureCursor] = []
        if let root {
            try collect(
                &records, at: root, count: count, level: depth, kind: kind.number, tree)
        }
        guard records.count == total else {
            throw header.fault("\(records.count) records instead of \(total)")
        }
        return records
    }

    private mutating func collect(
        _ records: inout [HDF5StructureCursor], at position: Int, count: Int, level: Int,
        kind: Int, _ tree: Tree
    ) throws {
        let pointer =
            level == 0
            ? 0 : format.addressSize + tree.countWidth + tree.totalWidths[level - 1]
        guard count > 0, count <= tree.limits[level] else {
            throw try cursor(at: position, count: 0, "B-tree").fault("\(count) records")
        }
        let children = level == 0 ? 0 : count + 1
        let size = 6 + count * tree.recordSize + children * pointer + 4
        // A node takes all of its bytes in the file, however few it uses.
        _ = try cursor(at: position, count: tree.nodeSize, "B-tree")
        var node = try checksummed(at: position, count: size, "B-tree")
        try node.signature(level == 0 ? "BTLF" : "BTIN")
        try node.byte(in: 0...0, "version")
        try node.byte(in: kind...kind, "type")
        for _ in 0..<count { records.append(try node.part(tree.recordSize, "B-tree record")) }
        for _ in 0..<children {
            let child = try node.address()
            let own = Int(try node.unsigned(tree.countWidth))
            let width = tree.totalWidths[level - 1]
            let total = width == 0 ? own : Int(clamping: try node.unsigned(width))
            let before = records.count
            try collect(&records, at: child, count: own, level: level - 1, kind: kind, tree)
            guard records.count - before == total else {
                throw node.fault("\(total) records below a node")
            }
        }
    }
}
