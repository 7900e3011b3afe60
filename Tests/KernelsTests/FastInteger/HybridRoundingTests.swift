import Kernels
import Testing

/// What a layer with weights of 1 on the diagonal makes of a record: the numbers that its integers stand for.
private func rounded(_ record: [Float], isAsymmetric: Bool) -> [Float] {
    let count = record.count
    let weights = (0..<count * count).map { Int8($0 % (count + 1) == 0 ? 1 : 0) }
    let layer = HybridFullyConnected(
        FullyConnectedParameters(batch: 1, inputs: count, outputs: count), filter: weights,
        scales: [Float](repeating: 1, count: count), isPerTensor: true,
        isAsymmetric: isAsymmetric)
    var output = [Float](repeating: .nan, count: count)
    layer.run(input: record, bias: nil, output: &output)
    return output
}

struct HybridRoundingTests {
    /// LiteRT rounds the quotient, not its sum with the zero point, which has fewer places.
    @Test func quotientsAreRoundedBeforeTheZeroPointIsAdded() {
        #expect(rounded([0, 255, 7.500002, 7.499998], isAsymmetric: true) == [0, 255, 8, 7])
        #expect(rounded([0, -255, -7.500002], isAsymmetric: true) == [0, -255, -8])
    }

    /// LiteRT subtracts the extremes in single precision; the scale in double precision is the next greater float.
    @Test func rangesAreDifferencesOfFloats() {
        let scale: Float = 0.037567288
        let record: [Float] = [-4.820175647735596, 4.759483337402344]
        #expect(rounded(record, isAsymmetric: true) == [-128 * scale, 127 * scale])
    }

    @Test func symmetricRangesReachThe127thInteger() {
        #expect(rounded([127, -126.5, 0.5, 0.49999997], isAsymmetric: false) == [127, -127, 1, 0])
        #expect(rounded([0, 0], isAsymmetric: false) == [0, 0])
        let unbounded = rounded([.infinity, 1], isAsymmetric: true)
        #expect(unbounded[0].isNaN && unbounded[1].isNaN)
    }
}
