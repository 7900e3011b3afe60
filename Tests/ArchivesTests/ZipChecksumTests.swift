import Archives
import Testing

/// CRC-32 bit by bit.
private func checksum(_ bytes: some Sequence<UInt8>) -> UInt32 {
    ~bytes.reduce(UInt32.max) { register, byte in
        (0..<8).reduce(register ^ UInt32(byte)) { register, _ in
            register >> 1 ^ (register & 1 == 0 ? 0 : 0xEDB8_8320)
        }
    }
}

/// The checksum is the same for every length and alignment, however many bytes are taken at a time.
@Test func checksumsAreThoseOfTheDefinition() {
    #expect(checksum("123456789".utf8) == 0xCBF4_3926)
    let bytes = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* $0 &* 40503 >> 7) }
    bytes.withUnsafeBytes { all in
        for count in Array(0...200) + [1023, 1024, 1025, 4095, 4096, 4097] {
            for start in [0, 1, 13] {
                let part = UnsafeRawBufferPointer(rebasing: all[start..<start + count])
                #expect(ZipChecksum.checksum(of: part) == checksum(part), "\(count)")
            }
        }
    }
}
