/// A small deterministic random number generator.
struct SplitMix {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in 0..<`bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(bound))
    }

    mutating func shuffled(_ values: [Int]) -> [Int] {
        var result = values
        for index in result.indices.reversed() { result.swapAt(index, below(index + 1)) }
        return result
    }

    /// Some extents, ones among them, whose product is `count`.
    mutating func factorization(of count: Int) -> [Int] {
        var rest = count
        var dims: [Int] = []
        while rest > 1 {
            let divisors = (2...rest).filter { rest % $0 == 0 }
            let divisor = divisors[below(divisors.count)]
            dims.append(divisor)
            rest /= divisor
        }
        for _ in 0..<below(3) { dims.insert(1, at: below(dims.count + 1)) }
        return dims
    }
}
