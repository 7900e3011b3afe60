import CKernels
import CZlib
import Dispatch
import Foundations
import Problems

/// The check of a member's contents against the checksum in the directory.
package final class ZipChecksum: Sendable {
    private let region: MemoryRegion
    private let expected: UInt32
    private let member: String
    private let file: String
    private let finished = DispatchGroup()
    private let result = Locked<UInt32?>(nil)

    init(of region: MemoryRegion, expected: UInt32, member: String, file: String) {
        self.region = region
        self.expected = expected
        self.member = member
        self.file = file
    }

    /// Begins to compute the checksum on a thread of its own.
    func start() {
        DispatchQueue.global().async(group: finished) { [self] in
            let sum = computed
            result.withLock { $0 = sum }
        }
    }

    /// Waits for the checksum and compares it.
    ///
    /// - Throws: `Problem.Kind.malformed` with the file filled in.
    func confirm() throws {
        finished.wait()
        guard (result.withLock { $0 } ?? computed) == expected else {
            throw Problem(
                .malformed(what: "'\(member)'", reason: "its checksum does not match"), file: file)
        }
    }

    private var computed: UInt32 { Self.checksum(of: region.bytes) }

    /// The CRC-32 of bytes.
    package static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        guard let start = bytes.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return 0 }
        var folded = [UInt8](repeating: 0, count: 16)
        let count = kc_crc32_fold(start, bytes.count, .max, &folded)
        // A checksum with all bits set stands for a register of 0.
        let sum = count > 0 ? crc32_z(UInt(UInt32.max), folded, folded.count) : 0
        return UInt32(truncatingIfNeeded: crc32_z(sum, start + count, bytes.count - count))
    }
}
