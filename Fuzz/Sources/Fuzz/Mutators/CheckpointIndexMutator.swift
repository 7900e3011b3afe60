import Foundations
import TensorFlowFiles

/// Mutates an entry in the index of a checkpoint and writes the table again, so that checksums and places are right.
enum CheckpointIndexMutator {
    /// - Returns: nil for bytes that are not a sound table.
    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        guard
            var entries = try? bytes.withUnsafeBytes({ try SortedTable.entries(of: $0) }),
            let index = entries.indices.randomElement(using: &generator)
        else { return nil }
        let entry = entries[index]
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: entries.remove(at: index)
        case 1: entries.append(entry)
        case 2:
            let key = String(decoding: libFuzzerMutation(Array(entry.key.utf8)), as: UTF8.self)
            entries[index] = SortedTable.Entry(key: key, value: entry.value)
        default:
            let value = ProtobufMutator.mutated(entry.value, &generator)
            entries[index] = SortedTable.Entry(
                key: entry.key, value: value ?? libFuzzerMutation(entry.value))
        }
        return table(entries, damaging: Int.random(in: 0..<3, using: &generator) == 0, &generator)
    }

    /// A table of one block, some of whose fields are damaged before the checksum is computed.
    private static func table(
        _ entries: [SortedTable.Entry], damaging: Bool, _ generator: inout SplitMix64
    ) -> [UInt8] {
        var content = block(entries)
        if damaging { Fields.overwrite(&content, in: content.indices, places: [], &generator) }
        let method: UInt8 = damaging && Bool.random(using: &generator) ? 1 : 0
        var bytes = content + trailer(content, method)
        let place = ProtobufMutator.encoded(0) + ProtobufMutator.encoded(UInt64(content.count))
        var index = block([SortedTable.Entry(key: "~", value: place)])
        if damaging, Bool.random(using: &generator) {
            Fields.overwrite(&index, in: index.indices, places: [], &generator)
        }
        let footer =
            [0, 0] + ProtobufMutator.encoded(UInt64(bytes.count))
            + ProtobufMutator.encoded(UInt64(index.count))
        bytes += index + trailer(index, 0) + footer
        return bytes + [UInt8](repeating: 0, count: 40 - footer.count) + SortedTable.signature
    }

    private static func block(_ entries: [SortedTable.Entry]) -> [UInt8] {
        let content = entries.flatMap { entry -> [UInt8] in
            let key = Array(entry.key.utf8)
            return [0] + ProtobufMutator.encoded(UInt64(key.count))
                + ProtobufMutator.encoded(UInt64(entry.value.count)) + key + entry.value
        }
        return content + [0, 0, 0, 0, 1, 0, 0, 0]
    }

    private static func trailer(_ stored: [UInt8], _ method: UInt8) -> [UInt8] {
        let sum = CastagnoliChecksum.masked(stored + [method])
        return [method] + withUnsafeBytes(of: sum.littleEndian) { Array($0) }
    }
}
