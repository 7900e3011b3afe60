import CZlib
import Dispatch
import Foundations
import Problems

/// The check of a member's contents against the checksum in the directory.
final class ZipChecksum: Sendable {
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

    private var computed: UInt32 {
        let bytes = region.bytes.bindMemory(to: UInt8.self)
        return bytes.isEmpty
            ? 0 : UInt32(truncatingIfNeeded: crc32_z(0, bytes.baseAddress, bytes.count))
    }
}
