import Foundations
import Problems
import TestSupport
import Testing

import TensorFlowFiles

@Suite struct SortedTableTests {
    private func entries(_ bytes: [UInt8]) throws -> [SortedTable.Entry] {
        try bytes.withUnsafeBytes { try SortedTable.entries(of: $0) }
    }

    @Test func readsPlainAndPackedBlocks() throws {
        let written: [(String, [UInt8])] = [("", [1]), ("a", [2, 3]), ("ab", [])]
        for method in [UInt8(0), 1] {
            let read = try entries(TableWriter.table(written, method: method))
            #expect(read == written.map { SortedTable.Entry(key: $0.0, value: $0.1) })
        }
        #expect(throws: Problem.self) { try entries(TableWriter.table(written, method: 7)) }
    }

    /// The checksum of the published test vector, and what TensorFlow stores for it.
    @Test func computesChecksums() {
        let sum: UInt32 = 0xE306_9283
        #expect(
            CastagnoliChecksum.masked(Array("123456789".utf8))
                == (sum >> 15 | sum << 17) &+ 0xA282_EAD8)
    }

    @Test func unpacksCopies() throws {
        func unpacked(_ bytes: [UInt8]) throws -> [UInt8] {
            try bytes.withUnsafeBytes { try Snappy.unpacked($0) }
        }
        // "ab", then a copy of 4 from 2 back, one of 5 from 6 back and one of 3 from 1 back.
        let packed: [UInt8] = [
            14, 1 << 2, 0x61, 0x62, 0 << 2 | 1, 2, 4 << 2 | 2, 6, 0, 2 << 2 | 3, 1, 0, 0, 0,
        ]
        #expect(
            try unpacked(packed) == Array("ababababababaa".utf8.prefix(11)) + [0x61, 0x61, 0x61])
        let bad: [[UInt8]] = [
            [], [200], [4, 0 << 2 | 1, 0], [4, 1 << 2, 1], [2, 0, 1, 0, 1, 0, 1],
            [9, 3 << 2, 1, 2, 3, 4, 0 << 2 | 1, 5], [0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F],
        ]
        for bytes in bad { #expect(throws: Problem.self) { try unpacked(bytes) } }
        try Damage.mutate(packed, count: 500) { copy in
            do { _ = try unpacked(copy) } catch is Problem {}
        }
    }

    /// Whatever the bytes are, there is a table or a problem; a changed byte of a block never passes.
    @Test func survivesDamage() throws {
        let sound = TableWriter.table([("", TableWriter.header()), ("x", [1, 2, 3])])
        try Damage.mutate(sound, count: 1000) { copy in
            do { _ = try entries(copy) } catch is Problem {}
        }
        Damage.truncate(sound, count: 200) { copy in
            #expect(throws: Problem.self) { try entries(copy) }
        }
        for index in 0..<15 {
            var copy = sound
            copy[index] ^= 0x40
            #expect(throws: Problem.self) { try entries(copy) }
        }
    }
}
