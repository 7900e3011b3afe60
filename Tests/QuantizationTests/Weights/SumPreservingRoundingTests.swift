import Foundations
import Quantization
import Tensors
import Testing

/// Rows keep their sums to half a step, and no element moves by more than a step.
@Test(arguments: [1, 6]) func rowsKeepTheirSums(scaleCount: Int) throws {
    var random = SplitMix64(seed: 4)
    let values = (0..<6 * 40).map { _ in Double.random(in: -1...1.5, using: &random) }
    let constant = Constant(values, [6, 40])
    let scales = [Float](repeating: 1.5 / 127, count: scaleCount)
    let parameters =
        scaleCount == 1
        ? QuantizationParameters(scale: scales[0])
        : QuantizationParameters(
            scales: scales, zeroPoints: [Int](repeating: 0, count: scaleCount), axis: 0)
    let storage = Storage.integer(bits: 8, isSigned: true, parameters)
    let rounded = SumPreservingRounding.rounded(constant, to: storage)
    let step = Double(scales[0])
    let found = rounded.stored(as: storage).tensor().array(of: Float.self)
    #expect(zip(found, rounded.doubles()).allSatisfy { abs(Double($0) - $1) < 1e-6 })
    var plain = 0.0
    for row in 0..<6 {
        let range = row * 40..<(row + 1) * 40
        let sum = values[range].reduce(0, +)
        #expect(abs(rounded.doubles()[range].reduce(0, +) - sum) <= 0.5 * step + 1e-9)
        let nearest = values[range].reduce(0) { $0 + ($1 / step).rounded() * step }
        plain = max(plain, abs(nearest - sum))
    }
    #expect(plain > step)
    #expect(zip(rounded.doubles(), values).allSatisfy { abs($0 - $1) <= step + 1e-9 })
}
