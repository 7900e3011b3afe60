/// The checksum of the structures of the newer HDF5 format: Jenkins' `lookup3` with the initial value 0.
///
/// Source: HDF5 File Format Specification, "Checksum"; B. Jenkins, lookup3.c (public domain).
package enum HDF5Checksum {
    /// The checksum of bytes.
    package static func of(_ bytes: UnsafeRawBufferPointer) -> UInt32 {
        var state = SIMD3<UInt32>(repeating: 0xDEAD_BEEF &+ UInt32(truncatingIfNeeded: bytes.count))
        var position = 0
        while bytes.count - position > 12 {
            state &+= words(bytes, at: position, count: 12)
            mix(&state)
            position += 12
        }
        guard position < bytes.count else { return state[2] }
        state &+= words(bytes, at: position, count: bytes.count - position)
        finish(&state)
        return state[2]
    }

    /// Up to 12 bytes as three numbers, the rest zero.
    private static func words(
        _ bytes: UnsafeRawBufferPointer, at position: Int, count: Int
    ) -> SIMD3<UInt32> {
        var words = SIMD3<UInt32>()
        for index in 0..<count {
            words[index / 4] |= UInt32(bytes[position + index]) << UInt32(index % 4 * 8)
        }
        return words
    }

    private static func rotated(_ value: UInt32, _ count: UInt32) -> UInt32 {
        value << count | value >> (32 - count)
    }

    private static let mixingTurns: [UInt32] = [4, 6, 8, 16, 19, 4]
    private static let finishingTurns: [UInt32] = [14, 11, 25, 16, 4, 14, 24]

    private static func mix(_ s: inout SIMD3<UInt32>) {
        for (index, turn) in mixingTurns.enumerated() {
            let (a, b, c) = (index % 3, (index + 1) % 3, (index + 2) % 3)
            s[a] = (s[a] &- s[c]) ^ rotated(s[c], turn)
            s[c] = s[c] &+ s[b]
        }
    }

    private static func finish(_ s: inout SIMD3<UInt32>) {
        for (index, turn) in finishingTurns.enumerated() {
            let (a, b) = ((index + 2) % 3, (index + 1) % 3)
            s[a] = (s[a] ^ s[b]) &- rotated(s[b], turn)
        }
    }
}

extension HDF5Structure {
    /// A cursor over a structure that ends with its checksum, without the checksum.
    ///
    /// - Throws: `malformed` if the checksum is another.
    mutating func checksummed(
        at position: Int, count: Int, _ what: StaticString
    ) throws -> HDF5StructureCursor {
        let width = 4
        var whole = try structure(at: position, count: count, what)
        guard count >= width else { throw whole.fault("\(count) bytes") }
        let inner = try whole.part(count - width, what)
        let stored = try whole.unsigned(width)
        let range = position..<position + count - width
        guard HDF5Checksum.of(UnsafeRawBufferPointer(rebasing: bytes[range])) == stored else {
            throw inner.fault("its checksum does not match")
        }
        return inner
    }
}
