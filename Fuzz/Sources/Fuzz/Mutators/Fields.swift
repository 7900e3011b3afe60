import Foundations

/// Numbers that readers of files take wrongly, written over fields.
enum Fields {
    /// Overwrites a field of 1, 2, 4 or 8 bytes in `range` with a number that is likely to hurt.
    ///
    /// - Parameter places: positions in the file, which a field may name as an address.
    static func overwrite(
        _ bytes: inout [UInt8], in range: Range<Int>, places: [Int],
        _ generator: inout SplitMix64
    ) {
        guard !range.isEmpty else { return }
        var width = [1, 1, 2, 4, 8].randomElement(using: &generator) ?? 1
        let position = Int.random(in: range, using: &generator)
        width = min(width, range.upperBound - position)
        let old = bytes[position..<position + width].reversed().reduce(UInt64(0)) {
            $0 << 8 | UInt64($1)
        }
        let value = number(
            replacing: old, fileSize: bytes.count, position: position, places: places, &generator)
        for index in 0..<width {
            bytes[position + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        }
    }

    private static func number(
        replacing old: UInt64, fileSize: Int, position: Int, places: [Int],
        _ generator: inout SplitMix64
    ) -> UInt64 {
        let bit = UInt64(1) << UInt64.random(in: 0..<64, using: &generator)
        switch Int.random(in: 0..<12, using: &generator) {
        case 0: return 0
        case 1: return .max
        case 2: return bit
        case 3: return bit &- 1
        case 4: return old &+ 1
        case 5: return old &- 1
        case 6: return old ^ bit
        case 7: return UInt64(places.randomElement(using: &generator) ?? 0)
        case 8: return UInt64(fileSize)
        case 9: return UInt64(max(fileSize - position, 0))
        case 10: return UInt64.random(in: 0..<64, using: &generator)
        default: return UInt64(Int.random(in: 0..<max(fileSize, 1), using: &generator) / 8 * 8)
        }
    }
}
