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
    /// Objects to which several links lead.
    private var relinked: Set<Int> = []
    /// Objects that are groups.
    var groups: Set<Int> = []
    /// Where structures start: libhdf5 keeps what it has read by its place, and so each belongs to one owner.
    private var starts: Set<Int> = []
    /// Where the items of each global heap are in `items`, by the position of the heap.
    var collections: [Int: Range<Int>] = [:]
    /// The items of all global heaps that have been met, by index in each heap.
    var items: [HDF5HeapItem] = []
    /// How many bytes of structures are left; more than the file holds means that they overlap.
    private var unread: Int
    /// How many bytes of names and items of heaps are left; more than the file holds means that one is listed again and again.
    private var unlisted: Int

    private init(_ bytes: UnsafeRawBufferPointer, _ format: HDF5Format) {
        self.bytes = bytes
        self.format = format
        unread = bytes.count
        unlisted = bytes.count
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
        try structure.checkLinks()
    }

    private mutating func checkRoot() throws {
        // A driver keeps a file in several parts; messages would tell libhdf5 of more structures to read.
        var more = try cursor(
            at: format.extensionField, count: format.addressSize, "superblock")
        guard try more.optionalAddress() == nil else {
            throw Self.unsupported("an extension of the superblock")
        }
        var root = try cursor(
            at: format.rootField, count: format.addressSize, "superblock")
        add(object: try root.address())
    }

    /// Notes an object to be walked, to which a link leads.
    mutating func add(object: Int) {
        if objects.insert(object).inserted {
            pending.append(object)
        } else {
            relinked.insert(object)
        }
    }

    /// Refuses groups with several names, since the paths through them would have no end or double at each level.
    private func checkLinks() throws {
        guard let group = relinked.intersection(groups).min() else { return }
        throw try cursor(at: group, count: 0, "group").fault("several links lead to it")
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
        guard count <= unread, count == 0 || starts.insert(position).inserted else {
            throw cursor.fault("it overlaps other structures")
        }
        unread -= count
        return cursor
    }

    /// Counts a name or an item of a heap, of which libhdf5 makes a copy for each entry of a list.
    mutating func list(_ byteCount: Int, _ cursor: HDF5StructureCursor) throws {
        guard byteCount <= unlisted else {
            throw cursor.fault("names or items of heaps that are listed several times")
        }
        unlisted -= byteCount
    }

    /// Something that a version of HDF5 writes that came after the one for which this is made.
    static func newer(_ what: String) -> Problem {
        Problem(
            .unsupported(
                what: "\(what) is newer than what this program reads of HDF5",
                remedy: "Save the weights again without libver='latest', or convert the file with "
                    + "'h5repack --low=0 --high=1'."))
    }

    static func unsupported(_ what: String) -> Problem {
        Problem(
            .unsupported(
                what: "\(what) in an HDF5 file cannot be read",
                remedy: "Save the model or its weights again with Keras."))
    }
}
