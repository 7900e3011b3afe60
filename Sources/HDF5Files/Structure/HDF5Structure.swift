import Problems

/// The check of all structures of an HDF5 file that libhdf5 relies on.
///
/// libhdf5 takes many sizes, offsets and addresses in a file at their word and crashes on a damaged file. This walk
/// follows every object from the root group and refuses what does not fit together; it does not read the elements of
/// datasets. Structures of the newer format (`OHDR` and what they lead to) have checksums, which are verified; indices of
/// chunks with checksums are left to libhdf5.
///
/// Source: HDF5 File Format Specification, version 3.0.
package struct HDF5Structure {
    let bytes: UnsafeRawBufferPointer
    let format: HDF5Format
    /// Objects that still have to be walked.
    private var pending: [Int] = []
    /// Objects that have been seen: several links may lead to one.
    private var objects: Set<Int> = []
    /// Blocks that continue an object header; each belongs to one object.
    var continuations: Set<Int> = []
    /// Where the items of each global heap are in `items`, by the position of the heap.
    var collections: [Int: Range<Int>] = [:]
    /// The items of all global heaps that have been met, by index in each heap.
    var items: [HDF5HeapItem] = []
    /// How many bytes of structures are left; more than the file holds means that they overlap.
    private var unread: Int
    private init(_ bytes: UnsafeRawBufferPointer, _ format: HDF5Format) {
        self.bytes = bytes
        self.format = format
        unread = bytes.count
    }

    /// Checks a whole file, which is in `bytes`.
    ///
    /// - Throws: `Problem.Kind.malformed` that names the structure and its place, `unsupported` for features that no
    ///   Keras file has.
    package static func check(_ bytes: UnsafeRawBufferPointer) throws {
        var structure = HDF5Structure(bytes, try HDF5Format(bytes))
        try structure.checkRoot()
        while let object = structure.pending.popLast() {
            try structure.checkObject(at: object)
        }
    }

    private mutating func checkRoot() throws {
        if let field = format.driverField {
            var driver = try cursor(at: field, count: format.addressSize, "superblock")
            guard try driver.optionalAddress() == nil else {
                throw Self.unsupported("a file in several parts")
            }
        }
        var root = try cursor(
            at: format.rootField, count: format.addressSize, "superblock")
        add(object: try root.address())
    }

    /// Notes an object to be walked.
    mutating func add(object: Int) {
        if objects.insert(object).inserted { pending.append(object) }
    }

    /// A cursor over `count` bytes of the file.
    func cursor(at position: Int, count: Int, _ what: StaticString) throws -> HDF5StructureCursor {
        try HDF5StructureCursor(bytes, format, at: position, count: count, what)
    }

    /// A cursor over a structure that shares its bytes with no other.
    mutating func structure(
        at position: Int, count: Int, _ what: StaticString
    ) throws -> HDF5StructureCursor {
        let cursor = try cursor(at: position, count: count, what)
        guard count <= unread else { throw cursor.fault("it overlaps other structures") }
        unread -= count
        return cursor
    }

    static func unsupported(_ what: String) -> Problem {
        Problem(
            .unsupported(
                what: "\(what) in an HDF5 file cannot be read",
                remedy: "Save the model or its weights again with Keras."))
    }
}
