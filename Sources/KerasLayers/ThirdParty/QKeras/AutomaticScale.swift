import Foundations

/// The scales that QKeras computes from a weight, one for each element of its last axis.
struct AutomaticScale: Sendable {
    /// Whether scales are rounded to powers of two.
    let isPowerOfTwo: Bool

    private static let epsilon = 1e-7

    /// `quantized_bits`: as many steps on both sides of 0 as the bits allow.
    func bits(_ values: [Double], _ channels: Int, bits: Int, integer: Int) -> [Double] {
        let range = pow(2, Double(integer))
        let largest = pow(2, Double(bits - 1)) - 1
        return byChannel(values, channels) { elements in
            let x = elements.map { $0 / range }
            var scale = (x.map(abs).max() ?? 0) / largest
            var steps = x
            func divide() {
                steps = x.map { value in
                    let count = min((abs(value) / scale + 0.5).rounded(.down), largest)
                    return value < 0 ? -count : value > 0 ? count : 0
                }
            }
            if isPowerOfTwo {
                scale = rounded(scale)
                for _ in 0..<5 {
                    divide()
                    scale = fitting(x, steps)
                }
            } else {
                divide()
            }
            return steps.map { $0 * scale * range }
        }
    }

    /// `binary`: signs times the mean that fits best.
    func binary(_ values: [Double], _ channels: Int, isPositive: Bool) -> [Double] {
        byChannel(values, channels) { x in
            let signs = x.map { $0 >= 0 ? 1.0 : isPositive ? 0 : -1 }
            let scale = fitting(x, signs)
            return signs.map { $0 * scale }
        }
    }

    /// `ternary`: −1, 0 and 1 times a scale that is found in a number of rounds.
    func ternary(_ values: [Double], _ channels: Int, count: Int) -> [Double] {
        byChannel(values, channels) { x in
            var scale = 2 * (x.map(abs).max() ?? 0) / 3
            if isPowerOfTwo { scale = rounded(scale) }
            var signs = x
            for _ in 0..<count {
                signs = x.map { value in
                    let near = scale * (value / scale).rounded(.toNearestOrEven)
                    return abs(near) >= scale / 2 ? (value > 0 ? 1 : value < 0 ? -1 : 0) : 0
                }
                scale = fitting(x, signs)
            }
            return signs.map { $0 * scale }
        }
    }

    private func byChannel(
        _ values: [Double], _ channels: Int, _ body: ([Double]) -> [Double]
    ) -> [Double] {
        var result = values
        for channel in 0..<channels {
            let places = stride(from: channel, to: values.count, by: channels)
            for (place, value) in zip(places, body(places.map { values[$0] })) {
                result[place] = value
            }
        }
        return result
    }

    /// The factor of q that comes nearest to x.
    private func fitting(_ x: [Double], _ q: [Double]) -> Double {
        let count = Double(max(x.count, 1))
        let product = zip(x, q).reduce(0) { $0 + $1.0 * $1.1 } / count
        let power = q.reduce(0) { $0 + $1 * $1 } / count
        let scale = product / (power + Self.epsilon)
        return isPowerOfTwo ? rounded(scale) : scale
    }

    private func rounded(_ scale: Double) -> Double {
        pow(2, log2(scale + Self.epsilon).rounded(.toNearestOrEven))
    }
}
