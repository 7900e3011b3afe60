import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct ReductionTests {
    @Test func reductionsAgreeWithPlainLoops() {
        let axes = [[], [0], [1], [-1], [1, 2], [0, 3], [0, 1, 2, 3], [2, -1]]
        withEvery(
            Choice("reduction", Reduction.allCases), Choice("axes", axes),
            Choice("shape", [[2, 7, 3, 19], [1, 5, 130, 1], [3, 1, 2, 16]] as [Shape])
        ) { reduction, axes, shape in
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(shape.elementCount, in: 0.8...1.2)
            guard let loop = ReductionLoop(shape, axes: axes) else {
                return #expect(Bool(false), "\(Combination.current)")
            }
            var groups = [[Float]](repeating: [], count: loop.resultCount)
            for (index, value) in x.enumerated() {
                var (remaining, target, stride) = (index, 0, 1)
                for axis in (0..<shape.rank).reversed() {
                    target += loop.keptShape[axis] == 1 ? 0 : remaining % shape[axis] * stride
                    stride *= loop.keptShape[axis]
                    remaining /= shape[axis]
                }
                groups[target].append(value)
            }
            let expected = groups.map { group in
                switch reduction {
                case .sum: Float(group.reduce(0.0) { $0 + Double($1) })
                case .mean: Float(group.reduce(0.0) { $0 + Double($1) } / Double(group.count))
                case .product: Float(group.reduce(1.0) { $0 * Double($1) })
                case .maximum: group.max() ?? 0
                case .minimum: group.min() ?? 0
                }
            }
            let reference = filled(loop.resultCount) {
                ReferenceKernels.reduce(reduction, loop, input: x, output: $0)
            }
            expectClose(reference, expected, within: 1e-6, "reference")
            let fast = filled(loop.resultCount) {
                FastKernels.reduce(reduction, loop, input: x, output: $0, threads: 2)
            }
            expectClose(fast, expected, "fast")
        }
    }

    @Test func integersAndBooleans() throws {
        let loop = try #require(ReductionLoop([2, 3], axes: [1]))
        var sums = [Int32](repeating: 0, count: 2)
        ReferenceKernels.reduce(.sum, loop, input: [1, 2, 3, .max, 1, 0] as [Int32], output: &sums)
        #expect(sums == [6, .min])
        ReferenceKernels.reduce(.mean, loop, input: [1, 2, 5, -1, -1, 0] as [Int32], output: &sums)
        #expect(sums == [2, 0])
        var flags = [UInt8](repeating: 9, count: 2)
        ReferenceKernels.reduce(
            BooleanReduction.any, loop, input: [0, 0, 0, 0, 1, 0], output: &flags)
        #expect(flags == [0, 1])
        ReferenceKernels.reduce(
            BooleanReduction.all, loop, input: [1, 1, 1, 0, 1, 1], output: &flags)
        #expect(flags == [1, 0])
        #expect(ReductionLoop([2, 3], axes: [2]) == nil)
    }

    @Test func extremaPropagateNaN() throws {
        let loop = try #require(ReductionLoop([1, 40], axes: [1]))
        var x = [Float](repeating: 1, count: 40)
        x[5] = .nan
        for reduction in [Reduction.maximum, .minimum] {
            let fast = filled(1) { FastKernels.reduce(reduction, loop, input: x, output: $0) }
            let reference = filled(1) {
                ReferenceKernels.reduce(reduction, loop, input: x, output: $0)
            }
            #expect(fast[0].isNaN && reference[0].isNaN)
        }
    }

    /// Values of TensorFlow 2.21's `softmax` and `log_softmax`.
    @Test func knownSoftmax() {
        let x: [Float] = [-3, -1, -0.25, 0, 0.5, 2, 7]
        let expected: [Float] = [
            4.4939563e-05, 0.00033206094, 0.00070297299, 0.00090263516, 0.0014881939,
            0.0066696214, 0.98985964,
        ]
        let logarithms: [Float] = [
            -10.010192, -8.0101919, -7.2601919, -7.0101919, -6.5101919, -5.0101919, -0.010192133,
        ]
        expectClose(
            filled(7) { ReferenceKernels.softmax(rows: 1, count: 7, input: x, output: $0) },
            expected, within: 1e-6)
        expectClose(
            filled(7) { ReferenceKernels.logSoftmax(rows: 1, count: 7, input: x, output: $0) },
            logarithms, within: 1e-6)
    }

    @Test func fastSoftmaxAgreesWithReference() {
        withEvery(
            Choice("rows", [1, 5]), Choice("count", [1, 16, 21, 1000]), Choice("beta", [1, 0.25])
        ) { rows, count, beta in
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(rows * count, in: -90...90)
            let fast = filled(x.count) {
                FastKernels.softmax(
                    rows: rows, count: count, beta: Float(beta), input: x, output: $0, threads: 2)
            }
            let reference = filled(x.count) {
                ReferenceKernels.softmax(
                    rows: rows, count: count, beta: Float(beta), input: x, output: $0)
            }
            expectClose(fast, reference)
        }
    }

    /// Values of TensorFlow 2.21's `local_response_normalization` and `l2_normalize`.
    @Test func knownNormalizations() {
        let response = filled(5) {
            ReferenceKernels.localResponseNormalization(
                rows: 1, count: 5, radius: 1, bias: 2, alpha: 0.5, beta: 0.75,
                input: [1, -2, 3, 0.5, 4], output: $0)
        }
        expectClose(
            response, [0.32366118, -0.38490018, 0.59607637, 0.066857196, 0.70471531], within: 1e-6)
        let unit = filled(7) {
            ReferenceKernels.l2Normalization(
                rows: 1, count: 7, input: [-3, -1, -0.25, 0, 0.5, 2, 7], output: $0)
        }
        expectClose(
            unit,
            [-0.37703052, -0.12567684, -0.03141921, 0, 0.06283842, 0.25135368, 0.87973785],
            within: 1e-6)
    }

    @Test func searchesAndRunningSums() {
        var indices = [Int32](repeating: 0, count: 2)
        let x: [Float] = [3, 1, 3, 7, 0, 7]
        ReferenceKernels.firstIndex(
            isMinimum: false, outer: 2, count: 3, inner: 1, input: x, output: &indices)
        #expect(indices == [0, 0])
        ReferenceKernels.firstIndex(
            isMinimum: true, outer: 1, count: 3, inner: 2, input: x, output: &indices)
        #expect(indices == [2, 0])
        var (values, order) = ([Float](repeating: 0, count: 3), [Int32](repeating: 0, count: 3))
        ReferenceKernels.topK(
            rows: 1, count: 5, k: 3, input: x, values: &values, indices: &order)
        #expect(values == [7, 3, 3] && order == [3, 0, 2])
        let known: [(Bool, Bool, [Float])] = [
            (false, false, [1, 3, 6, 4, 9, 15]), (false, true, [6, 5, 3, 15, 11, 6]),
            (true, false, [0, 1, 3, 0, 4, 9]), (true, true, [5, 3, 0, 11, 6, 0]),
        ]
        for (exclusive, reverse, expected) in known {
            let sums = filled(6) {
                ReferenceKernels.cumulativeSum(
                    outer: 2, count: 3, inner: 1, exclusive: exclusive, reverse: reverse,
                    input: [1, 2, 3, 4, 5, 6], output: $0)
            }
            #expect(sums == expected)
        }
        var hot = [Int8](repeating: 9, count: 12)
        ReferenceKernels.oneHot(
            outer: 2, depth: 3, inner: 2, on: 1, off: 0, indices: [0, 2, -1, 1] as [Int64],
            output: &hot)
        #expect(hot == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0])
    }
}
