import Foundations
import TestSupport

extension SplitMix64 {
    /// A number in 0..<`bound`.
    mutating func below(_ bound: Int) -> Int {
        Int(next() % UInt64(bound))
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
