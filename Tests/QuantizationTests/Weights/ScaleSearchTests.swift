import Foundations
import Quantization
import Tensors
import Testing

/// The scales that the search gives weights in place of those of the greatest magnitudes.
struct ScaleSearchTests {
    private func plain(_ values: [Double], _ shape: Shape, axis: Int) -> Storage {
        let extremes = Constant(values, shape).extremes(along: axis)
        return .integer(
            bits: 8, isSigned: true,
            QuantizationParameters(
                scales: extremes.map { Float(max(-$0.low, $0.high) / 127) },
                zeroPoints: [Int](repeating: 0, count: extremes.count), axis: axis))
    }

    private func scales(_ storage: Storage) -> [Float] {
        if case .integer(_, _, let parameters) = storage { parameters.scales } else { [] }
    }

    /// The mean squared error of products with inputs that are not negative.
    private func error(_ values: [Double], _ shape: Shape, axis: Int, _ storage: Storage) -> Double
    {
        var random = SplitMix64(seed: 9)
        let stored = Constant(values, shape).stored(as: storage).tensor().array(of: Float.self)
        let scales = scales(storage)
        var total = 0.0
        for _ in 0..<200 {
            var errors = [Double](repeating: 0, count: scales.count)
            for index in values.indices {
                let slice = index / shape.strides[axis] % scales.count
                let input = Double.random(in: 0...1, using: &random)
                errors[slice] += input * (Double(stored[index]) - values[index])
            }
            total += errors.reduce(0) { $0 + $1 * $1 }
        }
        return total
    }

    @Test(arguments: [0, 1]) func productsComeNearer(axis: Int) {
        var random = SplitMix64(seed: 5)
        let shape: Shape = axis == 0 ? [24, 40] : [40, 24]
        let values = (0..<960).map { _ in Double.random(in: -1...1, using: &random) }
        let plain = plain(values, shape, axis: axis)
        let refined = ScaleSearch.refined(plain, of: Constant(values, shape))
        for (new, old) in zip(scales(refined), scales(plain)) {
            #expect(new >= old && new <= 1.1 * old)
        }
        #expect(
            error(values, shape, axis: axis, refined)
                < 0.7 * error(values, shape, axis: axis, plain))
    }

    /// Weights that integers hold exactly, zeros and large constants keep the scales that they have.
    @Test func exactAndLargeConstantsStay() {
        let exact = (0..<80).map { Double($0 % 40 == 0 ? 127 : $0 * 7 % 100) / 64 }
        let zeros = [Double](repeating: 0, count: 40)
        let short = plain(exact, [2, 40], axis: 0)
        #expect(ScaleSearch.refined(short, of: Constant(exact, [2, 40])) == short)
        let empty = Storage.integer(
            bits: 8, isSigned: true, QuantizationParameters(scales: [1], zeroPoints: [0], axis: 0))
        #expect(ScaleSearch.refined(empty, of: Constant(zeros, [1, 40])) == empty)
        var random = SplitMix64(seed: 6)
        let many = (0..<70_000).map { _ in Double.random(in: -1...1, using: &random) }
        let large = plain(many, [700, 100], axis: 0)
        #expect(ScaleSearch.refined(large, of: Constant(many, [700, 100])) == large)
    }
}
