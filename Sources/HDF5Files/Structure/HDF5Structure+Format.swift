import Problems

/// What the superblock of an HDF5 file tells of the way in which the rest is to be read.
///
/// Source: HDF5 File Format Specification, "Disk Format: Level 0A".
struct HDF5Format {
    /// The offset of the signature, which addresses in the file count from.
    let base: Int
    /// The bytes of an address: 4 or 8.
    let addressSize: Int
    /// The bytes of a length: 4 or 8.
    let lengthSize: Int
    /// Half of the entries that a node of symbols has room for.
    private(set) var groupLeafK = 4
    /// Half of the children that a node of a group's B-tree has room for.
    private(set) var groupInternalK = 16
    /// Half of the children that a node of a chunk index has room for.
    private(set) var chunkInternalK = 32
    /// The offset of the address of the root group's object header from the start of the file.
    let rootField: Int
    /// The offset of the address of what extends the superblock: in old versions the block of a driver, in newer ones
    /// messages.
    let extensionField: Int

    /// Reads the superblock of a whole file.
    ///
    /// - Throws: `Problem.Kind.malformed` for another format, `truncated` for a file that ends in it.
    init(_ bytes: UnsafeRawBufferPointer) throws {
        guard let start = HDF5Superblock.offset(in: bytes) else { throw Self.fault("no signature") }
        guard bytes.count - start >= 48 else { throw Problem(.truncated(what: "HDF5 superblock")) }
        base = start
        let version = bytes[start + 8]
        let sizes = version < 2 ? start + 13 : start + 9
        addressSize = Int(bytes[sizes])
        lengthSize = Int(bytes[sizes + 1])
        let addresses: Int
        switch version {
        case 0: addresses = start + 24
        case 1: addresses = start + 28
        case 2, 3: addresses = start + 12
        default: throw HDF5Structure.newer("a superblock of version \(version)")
        }
        guard [4, 8].contains(addressSize), [4, 8].contains(lengthSize) else {
            throw Self.fault("addresses of \(addressSize) and lengths of \(lengthSize) bytes")
        }
        guard version < 2 else {
            rootField = addresses + 3 * addressSize
            extensionField = addresses + addressSize
            return
        }
        extensionField = addresses + 3 * addressSize
        rootField = addresses + 4 * addressSize + lengthSize
        groupLeafK = Self.half(bytes, at: start + 16)
        groupInternalK = Self.half(bytes, at: start + 18)
        if version == 1 { chunkInternalK = Self.half(bytes, at: start + 24) }
        guard groupLeafK > 0, groupInternalK > 0, chunkInternalK > 0 else {
            throw Self.fault("nodes without entries")
        }
    }

    private static func half(_ bytes: UnsafeRawBufferPointer, at offset: Int) -> Int {
        Int(bytes.loadUnaligned(fromByteOffset: offset, as: UInt16.self).littleEndian)
    }

    private static func fault(_ reason: String) -> Problem {
        Problem(.malformed(what: "HDF5 file", reason: "superblock: \(reason)"))
    }
}
