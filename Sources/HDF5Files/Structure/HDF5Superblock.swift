import Problems

/// The start of an HDF5 file: where it is, and how long the file has to be.
///
/// A file that is cut off is told from a damaged one here, before libhdf5 sees it.
/// Source: HDF5 File Format Specification, "Disk Format: Level 0A".
package enum HDF5Superblock {
    private static let signature: [UInt8] = [0x89, 0x48, 0x44, 0x46, 0x0D, 0x0A, 0x1A, 0x0A]

    /// The offset of the signature: 0, or 512, 1024, 2048 … behind a user block; nil for another format.
    package static func offset(in bytes: UnsafeRawBufferPointer) -> Int? {
        var offset = 0
        while offset <= bytes.count - signature.count {
            if bytes[offset..<offset + signature.count].elementsEqual(signature) { return offset }
            offset = offset == 0 ? 512 : offset * 2
        }
        return nil
    }

    /// Checks that the file is as long as it says and sound in structure.
    ///
    /// - Throws: `Problem.Kind.malformed` for another format, `truncated` for a file that is cut off.
    static func check(_ bytes: UnsafeRawBufferPointer) throws {
        guard let start = offset(in: bytes) else {
            throw Problem(.malformed(what: "HDF5 file", reason: "the signature is missing"))
        }
        let end = start + signature.count
        guard end < bytes.count else { throw Problem(.truncated(what: "HDF5 superblock")) }
        let lengthOffset: Int
        switch bytes[end] {
        case 0: lengthOffset = 40
        case 1: lengthOffset = 44
        case 2, 3: lengthOffset = 28
        default: throw HDF5Structure.newer("a superblock of version \(bytes[end])")
        }
        let field = start + lengthOffset
        guard field + 8 <= bytes.count else { throw Problem(.truncated(what: "HDF5 superblock")) }
        let length = UInt64(
            littleEndian: bytes.loadUnaligned(fromByteOffset: field, as: UInt64.self))
        guard length <= UInt64(bytes.count) else {
            throw Problem(.truncated(what: "HDF5 file of \(length) bytes"))
        }
    }
}
