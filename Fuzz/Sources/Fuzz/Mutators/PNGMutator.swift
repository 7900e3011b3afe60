import CZlib
import Foundations

/// Mutates a chunk of a PNG file and makes its checksum right again.
enum PNGMutator {
    /// - Returns: nil for other files.
    static func mutated(_ bytes: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return nil }
        let chunks = chunks(of: bytes)
        guard let chunk = chunks.randomElement(using: &generator) else { return nil }
        var result = bytes
        if chunk.count > 12 {
            let data = chunk.lowerBound + 8..<chunk.upperBound - 4
            Fields.overwrite(&result, in: data, places: [], &generator)
        }
        let covered = Array(result[chunk.lowerBound + 4..<chunk.upperBound - 4])
        let sum = UInt32(truncatingIfNeeded: crc32(0, covered, UInt32(covered.count)))
        withUnsafeBytes(of: sum.bigEndian) {
            result.replaceSubrange(chunk.upperBound - 4..<chunk.upperBound, with: $0)
        }
        switch Int.random(in: 0..<8, using: &generator) {
        case 0: result.insert(contentsOf: result[chunk], at: chunk.lowerBound)
        case 1: result.removeSubrange(chunk)
        default: break
        }
        return result
    }

    /// The chunks with their lengths, names and checksums.
    private static func chunks(of bytes: [UInt8]) -> [Range<Int>] {
        var chunks: [Range<Int>] = []
        var position = 8
        while position + 12 <= bytes.count {
            let length = bytes[position..<position + 4].reduce(0) { $0 << 8 | Int($1) }
            guard length <= bytes.count - position - 12 else { break }
            chunks.append(position..<position + length + 12)
            position += length + 12
        }
        return chunks
    }
}
