import Foundations

/// Mutates lines of a YAML text: their values, order, indentation, anchors and aliases.
enum YAMLMutator {
    private static let values = [
        "0", "-1", "1", "2147483647", "9223372036854775807", "1e308", ".nan", "~", "''", "[]", "{}",
        "[[]]", "[null, 0]", "*a", "&a", "&a [*a]", "*id001", "!!python/tuple [1, 2]", "!!binary x",
        "|", ">-", "\"\\x41\\u0000\"", "'", "- - - 1", "? x", "<<: *a", "%YAML 1.1", "...", "---",
        "!!python/object/apply:numpy.core.multiarray.scalar", "!!python/object:x.OrderedDict",
    ]

    static func mutated(_ text: [UInt8], _ generator: inout SplitMix64) -> [UInt8]? {
        var lines = text.split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            guard let index = lines.indices.randomElement(using: &generator),
                let other = lines.randomElement(using: &generator)
            else { return nil }
            switch Int.random(in: 0..<8, using: &generator) {
            case 0: lines.remove(at: index)
            case 1: lines.insert(other, at: index)
            case 2: lines[index] = [0x20, 0x20] + lines[index]
            case 3: lines[index] = Array(lines[index].drop { $0 == 0x20 })
            case 4: lines[index] = libFuzzerMutation(lines[index])
            default:
                let value = values.randomElement(using: &generator) ?? "~"
                let start = lines[index].lastIndex { $0 == 0x3A || $0 == 0x2D } ?? -1
                lines[index] = lines[index].prefix(start + 1) + [0x20] + Array(value.utf8)
            }
        }
        return Array(lines.joined(separator: [0x0A]))
    }
}
