/// CRC-32C as TensorFlow stores it.
package enum CastagnoliChecksum {
    private static let table: [UInt32] = (0..<256).map { byte in
        (0..<8).reduce(UInt32(byte)) { value, _ in
            value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1
        }
    }

    /// The checksum of `bytes`, rotated and shifted so that the checksum of data with checksums in it stays good.
    package static func masked(_ bytes: some Sequence<UInt8>) -> UInt32 {
        let value = ~bytes.reduce(UInt32.max) { value, byte in
            table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ value >> 8
        }
        return (value >> 15 | value << 17) &+ 0xA282_EAD8
    }
}
