import Foundation
import Foundations
import Problems
import TestSupport
import Tensors
import Testing

import TensorFlowFiles

/// Checkpoints: sound ones in several files, and those that cannot be.
@Suite struct TensorBundleTests {
    private func write(_ index: [UInt8], _ data: [[UInt8]], in folder: URL) throws -> String {
        try Data(index).write(to: folder.appending(path: "w.ckpt.index"))
        for (number, bytes) in data.enumerated() {
            let name = "w.ckpt.data-0000\(number)-of-0000\(data.count)"
            try Data(bytes).write(to: folder.appending(path: name))
        }
        return folder.appending(path: "w.ckpt").path
    }

    private func bytes(_ values: [Float]) -> [UInt8] {
        values.withUnsafeBytes { Array($0) }
    }

    @Test func readsTensorsOfSeveralFiles() throws {
        try Repository.withTemporaryFolder { folder in
            let index = TableWriter.table([
                ("", TableWriter.header(shards: 2)),
                ("a", TableWriter.entry(type: 1, [2, 1], offset: 1, byteCount: 8)),
                ("b", TableWriter.entry(type: 1, [3], shard: 1, offset: 0, byteCount: 12)),
                ("n", TableWriter.entry(type: 9, [], shard: 1, offset: 12, byteCount: 8)),
                ("text", TableWriter.entry(type: 7, [], shard: 1, offset: 12, byteCount: 8)),
            ])
            let path = try write(
                index, [[0] + bytes([1, 2]), bytes([3, 4, 5]) + [7, 0, 0, 0, 0, 0, 0, 0]],
                in: folder)
            let bundle = try TensorBundle(path: path)
            #expect(bundle.keys == ["a", "b", "n", "text"])
            #expect(try bundle.constant("a").doubles() == [1, 2])
            #expect(try bundle.constant("a").shape == [2, 1])
            #expect(try bundle.constant("b").doubles() == [3, 4, 5])
            #expect(try bundle.constant("n").doubles() == [7])
            #expect(bundle.type(of: "text") == nil)
            #expect(throws: Problem.self) { try bundle.constant("text") }
            #expect(throws: Problem.self) { try bundle.constant("missing") }
            #expect(try bundle.objectGraph() == nil)
        }
    }

    @Test func refusesWhatCannotBe() throws {
        let entries: [[UInt8]] = [
            TableWriter.entry(type: 1, [2], offset: 1, byteCount: 8),
            TableWriter.entry(type: 1, [3], offset: 0, byteCount: 8),
            TableWriter.entry(type: 1, [2], shard: 1, offset: 0, byteCount: 8),
            TableWriter.entry(type: 1, [2], offset: 1 << 47, byteCount: 1 << 47),
            TableWriter.entry(type: 1, [1 << 40, 1 << 40], offset: 0, byteCount: 8),
            TableWriter.entry(type: 1, [2], offset: 0, byteCount: 8) + [0x3A, 0],
        ]
        for entry in entries {
            try Repository.withTemporaryFolder { folder in
                let index = TableWriter.table([("", TableWriter.header()), ("a", entry)])
                let path = try write(index, [bytes([1, 2])], in: folder)
                let problem = #expect(throws: Problem.self) {
                    try TensorBundle(path: path).constant("a")
                }
                #expect(problem?.file != nil)
            }
        }
        let indices = [
            TableWriter.table([("a", entries[0])]),
            TableWriter.table([("", TableWriter.header(isBigEndian: true))]),
            TableWriter.table([("", TableWriter.header(shards: 0))]),
            TableWriter.table([("", TableWriter.header()), ("a", [0x08])]),
            TableWriter.table([
                ("", TableWriter.header()),
                ("a", TableWriter.entry(type: 1, [-1], offset: 0, byteCount: 8)),
            ]),
        ]
        for index in indices {
            #expect(throws: Problem.self) { try index.withUnsafeBytes { try BundleIndex($0) } }
        }
    }

    @Test func survivesDamage() throws {
        let entry = TableWriter.entry(type: 1, [2, 3], offset: 0, byteCount: 24)
        try Damage.mutate(entry, count: 500) { copy in
            let table = TableWriter.table([("", TableWriter.header()), ("a", copy)])
            do { _ = try table.withUnsafeBytes { try BundleIndex($0) } } catch is Problem {}
        }
    }
}
