import Foundations
import Problems
import Tensors

/// Interpolations that are weighted sums along each axis, as TensorFlow computes them.
package enum ResizeFilter: String, Sendable {
    case triangle, bicubic, area, lanczos3, lanczos5, gaussian, mitchellcubic

    /// The weights `[to, from]` that make `to` elements of `from`.
    ///
    /// Output element i lies at `(i + ½) · from / to` in the input. Weights outside the input count as 0 and those of an
    /// output element are scaled to the sum 1. With `antialias` the filter widens as the image shrinks.
    func matrix(from: Int, to: Int, antialias: Bool) throws -> Constant {
        let shape: Shape = [to, from]
        guard shape.elementCount < 1 << 26 else {
            throw Problem(.tooLarge(what: "the interpolation", value: "\(shape)"))
        }
        var weights = [Double](repeating: 0, count: shape.elementCount)
        let step = Double(from) / Double(to)
        for row in 0..<to {
            let values =
                self == .area ? overlaps(row, step, from) : samples(row, step, from, antialias)
            let sum = values.reduce(0) { $0 + $1.weight }
            for value in values where sum != 0 {
                weights[row * from + value.index] += value.weight / sum
            }
        }
        return Constant(weights, shape)
    }

    /// The part of each input element that an output element covers.
    private func overlaps(_ row: Int, _ step: Double, _ from: Int) -> [(index: Int, weight: Double)]
    {
        let (begin, end) = (Double(row) * step, Double(row + 1) * step)
        return (Int(begin)..<min(Int(end.rounded(.up)), from)).map { index in
            (index, min(Double(index + 1), end) - max(Double(index), begin))
        }
    }

    /// The filter's value at each input element in its reach.
    private func samples(
        _ row: Int, _ step: Double, _ from: Int, _ antialias: Bool
    ) -> [(index: Int, weight: Double)] {
        let scale = antialias ? max(step, 1) : 1
        let center = (Double(row) + 0.5) * step
        let first = max(Int((center - radius * scale - 0.5).rounded(.up)), 0)
        let last = min(Int((center + radius * scale - 0.5).rounded(.down)), from - 1)
        guard first <= last else { return [] }
        return (first...last).map { index in
            var distance = abs(Double(index) + 0.5 - center)
            if self == .bicubic, !antialias { distance = (distance * 1024).rounded() / 1024 }
            return (index, value(at: distance / scale))
        }
    }

    private var radius: Double {
        switch self {
        case .triangle, .area: 1
        case .gaussian: 1.5
        case .bicubic, .mitchellcubic: 2
        case .lanczos3: 3
        case .lanczos5: 5
        }
    }

    /// The weight at a distance from the sampled point.
    private func value(at distance: Double) -> Double {
        let x = distance
        guard x < radius else { return 0 }
        switch self {
        case .triangle, .area:
            return max(1 - x, 0)
        case .gaussian:
            return exp(-x * x / (2 * 0.5 * 0.5))
        case .lanczos3, .lanczos5:
            guard x > 1e-3 else { return 1 }
            return radius * sin(.pi * x) * sin(.pi * x / radius) / (.pi * .pi * x * x)
        case .bicubic:
            return x < 1
                ? (1.5 * x - 2.5) * x * x + 1 : ((-0.5 * x + 2.5) * x - 4) * x + 2
        case .mitchellcubic:
            return x < 1
                ? ((7 * x - 12) * x * x + 16 / 3) / 6
                : (((-7 / 3 * x + 12) * x - 20) * x + 32 / 3) / 6
        }
    }
}
