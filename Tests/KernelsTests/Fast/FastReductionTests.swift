import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

/// Fast reductions, searches, running sums and normalizations against the reference.
@Suite struct FastReductionTests {
    private let shapes: [Shape] = [
        [2, 7, 3, 19], [1, 5, 130, 1], [3, 1, 2, 16], [2, 70, 3, 80], [5, 4, 2, 64], [1, 1, 1, 1],
    ]
    private let axes = [
        [], [0], [1], [-1], [1, 2], [0, 3], [0, 2], [1, 3], [0, 1, 2, 3], [2, -1],
    ]

    @Test func floats() throws {
        var samples = SplitMix64(seed: 1)
        for shape in shapes {
            for axes in axes {
                for isOdd in [false, true] {
                    var x = samples.floats(shape.elementCount, in: 0.9...1.1)
                    if isOdd { x[x.count * 2 / 3] = .nan }
                    let loop = try #require(ReductionLoop(shape, axes: axes))
                    for reduction in Reduction.allCases {
                        let expected = filled(loop.resultCount) {
                            ReferenceKernels.reduce(reduction, loop, input: x, output: $0)
                        }
                        for threads in 1...2 {
                            let fast = filled(loop.resultCount) {
                                FastKernels.reduce(
                                    reduction, loop, input: x, output: $0, threads: threads)
                            }
                            expectClose(fast, expected, "\(reduction) \(shape) \(axes)")
                        }
                    }
                }
            }
        }
    }

    @Test func rowsOfEveryLengthGiveTheSameResultEverywhere() throws {
        var samples = SplitMix64(seed: 1)
        for count in 1...150 {
            let row = samples.floats(count)
            for rows in [1, 4, 7] {
                let loop = try #require(ReductionLoop([rows, count], axes: [1]))
                for reduction in Reduction.allCases {
                    let x = (0..<rows).flatMap { _ in row }
                    let expected = filled(rows) {
                        ReferenceKernels.reduce(reduction, loop, input: x, output: $0)
                    }
                    let fast = filled(rows) {
                        FastKernels.reduce(reduction, loop, input: x, output: $0)
                    }
                    #expect(Set(fast).count == 1)
                    if reduction == .maximum || reduction == .minimum {
                        #expect(fast == expected)
                    } else {
                        #expect(abs(fast[0] - expected[0]) <= 1e-5, "\(reduction) \(count)")
                    }
                }
            }
        }
    }

    @Test func integersAndBooleans() throws {
        for shape in shapes {
            for axes in axes {
                let loop = try #require(ReductionLoop(shape, axes: axes))
                let x = (0..<shape.elementCount).map { Int32(truncatingIfNeeded: $0 &* 7919) % 50 }
                for reduction in Reduction.allCases {
                    var expected = [Int32](repeating: 99, count: loop.resultCount)
                    var result = expected
                    ReferenceKernels.reduce(reduction, loop, input: x, output: &expected)
                    FastKernels.reduce(reduction, loop, input: x, output: &result)
                    #expect(result == expected, "\(reduction) \(shape) \(axes)")
                }
                for step in [1, 2, 5, 1000] {
                    let flags = (0..<shape.elementCount).map { UInt8($0 % step == 0 ? 1 : 0) }
                    for reduction in BooleanReduction.allCases {
                        var expected = [UInt8](repeating: 99, count: loop.resultCount)
                        var result = expected
                        ReferenceKernels.reduce(reduction, loop, input: flags, output: &expected)
                        FastKernels.reduce(reduction, loop, input: flags, output: &result)
                        #expect(result == expected, "\(reduction) \(shape) \(axes)")
                    }
                }
            }
        }
    }

    @Test func emptyReductionsGiveTheNeutralElement() throws {
        let loop = try #require(ReductionLoop([3, 0], axes: [1]))
        let sums = filled(3) { FastKernels.reduce(.sum, loop, input: [], output: $0) }
        #expect(sums == [0, 0, 0])
        let none = try #require(ReductionLoop([0, 3, 2], axes: [1]))
        let nothing = filled(0) { FastKernels.reduce(.maximum, none, input: [], output: $0) }
        #expect(nothing.isEmpty)
    }

    @Test func searches() {
        withEvery(
            Choice("outer", [1, 3]), Choice("count", [1, 2, 16, 17, 40, 131]),
            Choice("inner", [1, 3, 16, 37])
        ) { outer, count, inner in
            var samples = SplitMix64(seed: 1)
            let numbers = samples.floats(outer * count * inner)
            for kind in 0..<3 {
                var x = numbers
                if kind == 1 { x = x.map { ($0 * 3).rounded() } }
                if kind == 2 {
                    for index in stride(from: 0, to: x.count, by: 7) { x[index] = .nan }
                }
                var expected = [Int64](repeating: 99, count: outer * inner)
                var (wide, narrow) = (expected, [Int32](repeating: 99, count: outer * inner))
                for isMinimum in [false, true] {
                    ReferenceKernels.firstIndex(
                        isMinimum: isMinimum, outer: outer, count: count, inner: inner, input: x,
                        output: &expected)
                    FastKernels.firstIndex(
                        isMinimum: isMinimum, outer: outer, count: count, inner: inner, input: x,
                        output: &wide, threads: 2)
                    FastKernels.firstIndex(
                        isMinimum: isMinimum, outer: outer, count: count, inner: inner, input: x,
                        output: &narrow)
                    #expect(wide == expected, "\(kind) \(Combination.current)")
                    #expect(narrow.map { Int64($0) } == expected)
                }
            }
        }
    }

    @Test func greatestElements() {
        withEvery(
            Choice("rows", [1, 5]), Choice("count", [1, 9, 100, 1000]),
            Choice("k", [1, 5, 40, 100])
        ) { rows, count, k in
            guard k <= count else { return }
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(rows * count).map { ($0 * 20).rounded() }
            var (values, indices) = (
                [Float](repeating: 0, count: rows * k), [Int32](repeating: 0, count: rows * k)
            )
            var (expected, order) = (values, indices)
            ReferenceKernels.topK(
                rows: rows, count: count, k: k, input: x, values: &expected, indices: &order)
            FastKernels.topK(
                rows: rows, count: count, k: k, input: x, values: &values, indices: &indices,
                threads: 2)
            #expect(values == expected && indices == order, "\(Combination.current)")
        }
    }

    @Test func runningSums() {
        withEvery(
            Choice("outer", [1, 4, 7]), Choice("count", [1, 2, 33]), Choice("inner", [1, 3, 20]),
            Choice("exclusive", [false, true]), Choice("reverse", [false, true])
        ) { outer, count, inner, exclusive, reverse in
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(outer * count * inner)
            let expected = filled(x.count) {
                ReferenceKernels.cumulativeSum(
                    outer: outer, count: count, inner: inner, exclusive: exclusive,
                    reverse: reverse, input: x, output: $0)
            }
            for threads in 1...2 {
                let fast = filled(x.count) {
                    FastKernels.cumulativeSum(
                        outer: outer, count: count, inner: inner, exclusive: exclusive,
                        reverse: reverse, input: x, output: $0, threads: threads)
                }
                #expect(fast == expected, "\(Combination.current)")
            }
        }
    }

    @Test func normalizations() {
        withEvery(
            Choice("rows", [1, 5, 300]), Choice("count", [1, 5, 16, 67]),
            Choice("radius", [0, 1, 5])
        ) { rows, count, radius in
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(rows * count, in: -3...3)
            let response = filled(x.count) {
                ReferenceKernels.localResponseNormalization(
                    rows: rows, count: count, radius: radius, bias: 2, alpha: 0.5, beta: 0.75,
                    input: x, output: $0)
            }
            let unit = filled(x.count) {
                ReferenceKernels.l2Normalization(rows: rows, count: count, input: x, output: $0)
            }
            let logarithms = filled(x.count) {
                ReferenceKernels.logSoftmax(rows: rows, count: count, input: x, output: $0)
            }
            for threads in 1...2 {
                expectClose(
                    filled(x.count) {
                        FastKernels.localResponseNormalization(
                            rows: rows, count: count, radius: radius, bias: 2, alpha: 0.5,
                            beta: 0.75, input: x, output: $0, threads: threads)
                    }, response, within: 1e-6)
                expectClose(
                    filled(x.count) {
                        FastKernels.l2Normalization(
                            rows: rows, count: count, input: x, output: $0, threads: threads)
                    }, unit, within: 1e-6)
                expectClose(
                    filled(x.count) {
                        FastKernels.logSoftmax(
                            rows: rows, count: count, input: x, output: $0, threads: threads)
                    }, logarithms, within: 1e-6)
            }
        }
    }
}
