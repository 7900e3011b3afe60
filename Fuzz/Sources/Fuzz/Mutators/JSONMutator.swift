import Foundations

/// Mutates values of a JSON text, which stays JSON.
enum JSONMutator {
    /// Values that readers of configurations take wrongly.
    private static let values = [
        "0", "1", "-1", "2", "3", "255", "65536", "2147483647", "2147483648", "-2147483649",
        "4294967296", "1099511627776", "9223372036854775807", "1e308", "-1e-308", "0.5", "NaN",
        "null", "true", "false", "\"\"", "[]", "{}", "[[]]", "[null]", "[0, 0]", "[1, 1]",
        "[2147483647, 2147483647]", "[-1]", "\"same\"", "\"valid\"", "\"causal\"",
        "\"channels_first\"", "\"channels_last\"", "\"relu\"", "\"softmax\"", "\"float16\"",
        "\"int64\"", "\"\\u0000\"",
    ]

    /// - Returns: nil for a text without values.
    static func mutated(_ text: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        var text = text
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let places = JSONValues(text).values
            guard let place = places.randomElement(using: &generator) else { return nil }
            switch Int.random(in: 0..<10, using: &generator) {
            case 0: remove(place.range, from: &text)
            case 1, 2:
                guard let other = places.randomElement(using: &generator) else { return nil }
                text.replaceSubrange(place.range, with: Array(text[other.range]))
            case 3:
                let copy = Array(text[place.range])
                if !place.hasKey {
                    text.insert(contentsOf: copy + [0x2C], at: place.range.lowerBound)
                }
            case 4, 5: replaceByRemembered(place, &text, &generator)
            default:
                let value = values.randomElement(using: &generator) ?? "null"
                text.replaceSubrange(place.range, with: Array(value.utf8))
            }
        }
        return text
    }

    /// Removes a value, with the key in front of it, and a comma beside it.
    private static func remove(_ range: Range<Int>, from text: inout [UInt8]) {
        let opening: Set<UInt8> = [0x5B, 0x7B, 0x2C]
        let closing: Set<UInt8> = [0x5D, 0x7D, 0x2C]
        guard var start = text[..<range.lowerBound].lastIndex(where: opening.contains),
            var end = text[range.upperBound...].firstIndex(where: closing.contains)
        else { return }
        if text[end] == 0x2C { end += 1 } else if text[start] == 0x2C { start -= 1 }
        text.removeSubrange(start + 1..<max(end, start + 1))
    }

    /// Values of other texts by their key.
    nonisolated(unsafe) private static var remembered: [[UInt8]: [[UInt8]]] = [:]
    private static let mostRemembered = 32
    private static let longestRemembered = 512

    /// Puts a value that another text has under the same key, and remembers this one.
    private static func replaceByRemembered(
        _ place: JSONValues.Place, _ text: inout [UInt8], _ generator: inout SplitMix64
    ) {
        let key = place.key.map { Array(text[$0]) } ?? []
        var known = remembered[key] ?? []
        let own = Array(text[place.range])
        if let other = known.randomElement(using: &generator) {
            text.replaceSubrange(place.range, with: other)
        }
        guard own.count <= longestRemembered, remembered.count < 1 << 12 else { return }
        if known.count < mostRemembered {
            known.append(own)
        } else {
            known[Int.random(in: known.indices, using: &generator)] = own
        }
        remembered[key] = known
    }
}
