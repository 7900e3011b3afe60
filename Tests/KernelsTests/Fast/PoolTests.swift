import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct PoolTests {
    /// Values of TensorFlow 2.21's `avg_pool2d` and `max_pool2d` with SAME padding.
    @Test func knownValues() throws {
        let x = (1...9).map { Float($0) }
        let strided = try #require(WindowAxis(input: 3, kernel: 2, stride: 2, padding: .same))
        let dense = try #require(WindowAxis(input: 3, kernel: 3, padding: .same))
        let pairs = Pool2DParameters(batch: 1, height: strided, width: strided, channels: 1)
        let triples = Pool2DParameters(batch: 1, height: dense, width: dense, channels: 1)
        expectBoth(pairs, x, average: [3, 4.5, 7.5, 9], maximum: [5, 6, 8, 9])
        expectBoth(
            triples, x, average: [3, 3.5, 4, 4.5, 5, 5.5, 6, 6.5, 7],
            maximum: [5, 6, 6, 8, 9, 9, 8, 9, 9])
    }

    @Test func fastAgreesWithReference() {
        withEvery(
            Choice("size", [(5, 8), (14, 7)]), Choice("kernel", [1, 2, 5]),
            Choice("stride", [1, 2, 3]), Choice("padding", [Border.same, .valid]),
            Choice("channels", [1, 6, 16, 41])
        ) { size, kernel, stride, padding, channels in
            guard
                let height = WindowAxis(
                    input: size.0, kernel: kernel, stride: stride, border: padding),
                let width = WindowAxis(
                    input: size.1, kernel: kernel, stride: stride, border: padding)
            else { return #expect(Bool(false), "\(Combination.current)") }
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(2 * size.0 * size.1 * channels, in: -2...2)
            let parameters = Pool2DParameters(
                batch: 2, height: height, width: width, channels: channels, activation: .reluN1To1)
            check(parameters, x, count: 2 * height.output * width.output * channels)
        }
    }

    private func check(_ parameters: Pool2DParameters, _ x: [Float], count: Int) {
        let maximum = filled(count) {
            ReferenceKernels.maxPool2D(parameters, input: x, output: $0)
        }
        let average = filled(count) {
            ReferenceKernels.averagePool2D(parameters, input: x, output: $0)
        }
        for threads in 1...2 {
            let fastMaximum = filled(count) {
                FastKernels.maxPool2D(parameters, input: x, output: $0, threads: threads)
            }
            #expect(fastMaximum == maximum, "\(Combination.current)")
            let fastAverage = filled(count) {
                FastKernels.averagePool2D(parameters, input: x, output: $0, threads: threads)
            }
            expectClose(fastAverage, average)
        }
    }

    private func expectBoth(
        _ parameters: Pool2DParameters, _ x: [Float], average: [Float], maximum: [Float]
    ) {
        let count = average.count
        #expect(
            filled(count) { ReferenceKernels.averagePool2D(parameters, input: x, output: $0) }
                == average)
        #expect(
            filled(count) { ReferenceKernels.maxPool2D(parameters, input: x, output: $0) }
                == maximum)
    }
}
