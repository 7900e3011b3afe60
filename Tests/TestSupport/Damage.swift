import Foundations

/// Damaged copies of a file: what a reader must survive.
package enum Damage {
    /// Calls `body` with `count` copies of `bytes`, or more in a long campaign, each with one to four random bytes changed.
    package static func mutate(
        _ bytes: [UInt8], count: Int, seed: UInt64 = 1, _ body: ([UInt8]) throws -> Void
    ) rethrows {
        var generator = SplitMix64(seed: seed)
        for _ in 0..<count * Campaign.factor where !bytes.isEmpty {
            var copy = bytes
            for _ in 0..<Int.random(in: 1...4, using: &generator) {
                copy[Int.random(in: copy.indices, using: &generator)] =
                    UInt8.random(in: 0...255, using: &generator)
            }
            try body(copy)
        }
    }

    /// Calls `body` with beginnings of `bytes` of about `count` lengths, or more in a long campaign, evenly spread.
    package static func truncate(
        _ bytes: [UInt8], count: Int, _ body: ([UInt8]) throws -> Void
    ) rethrows {
        let step = max(bytes.count / max(count * Campaign.factor, 1), 1)
        for length in stride(from: 0, to: bytes.count, by: step) {
            try body(Array(bytes.prefix(length)))
        }
    }
}
