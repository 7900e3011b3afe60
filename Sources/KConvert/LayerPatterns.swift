/// Names of layers, in which `*` stands for any characters.
struct LayerPatterns: Sendable {
    private let patterns: [String]

    init(_ patterns: [String]) {
        self.patterns = patterns
    }

    /// Whether a pattern fits the path of a layer or of a model around it.
    func contains(_ layer: String) -> Bool {
        patterns.contains { pattern in
            Self.fits(pattern[...], layer[...])
                || layer.indices.contains {
                    layer[$0] == "/" && Self.fits(pattern[...], layer[..<$0])
                }
        }
    }

    /// The first pattern that fits no layer.
    func unused(among layers: [String]) -> String? {
        patterns.first { pattern in
            !layers.contains { LayerPatterns([pattern]).contains($0) }
        }
    }

    private static func fits(_ pattern: Substring, _ text: Substring) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            let rest = pattern.dropFirst()
            return fits(rest, text) || (!text.isEmpty && fits(pattern, text.dropFirst()))
        }
        return text.first == first && fits(pattern.dropFirst(), text.dropFirst())
    }
}
