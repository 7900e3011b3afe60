import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct ElementwiseTests {
    /// A function of each element.
    private enum Function: Hashable {
        case plain(UnaryFunction)
        case leakyRelu(alpha: Float)
        case gelu(approximate: Bool)
    }

    private let functions =
        UnaryFunction.allCases.filter { $0 != .logicalNot }.map(Function.plain)
        + [.leakyRelu(alpha: 0.3), .gelu(approximate: false), .gelu(approximate: true)]

    /// Values of TensorFlow 2.21's functions of the same names.
    @Test func knownValues() {
        let x: [Float] = [-3, -1, -0.25, 0, 0.5, 2, 7]
        let known: [(Function, [Float])] = [
            (
                .gelu(approximate: false),
                [-0.0040496956, -0.15865526, -0.10032342, 0, 0.34573123, 1.9544997, 7]
            ),
            (
                .gelu(approximate: true),
                [-0.0036374331, -0.15880799, -0.10032465, 0, 0.345714, 1.9545977, 7]
            ),
            (.plain(.elu), [-0.95021296, -0.63212055, -0.22119921, 0, 0.5, 2, 7]),
            (.plain(.hardSwish), [0, -0.33333334, -0.11458334, 0, 0.29166666, 1.6666666, 7]),
            (
                .plain(.sigmoid),
                [0.047425874, 0.26894143, 0.4378235, 0.5, 0.62245935, 0.88079709, 0.99908894]
            ),
            (
                .plain(.tanh),
                [-0.99505472, -0.76159418, -0.24491866, 0, 0.46211714, 0.96402758, 0.99999833]
            ),
        ]
        for (function, expected) in known {
            expectClose(reference(function, x), expected, within: 2e-7, "\(function)")
            expectClose(fast(function, x), expected, within: 2e-7, "\(function)")
        }
        let halves: [Float] = [-2.5, -1.5, -0.5, 0.5, 1.5, 2.5]
        #expect(reference(.plain(.round), halves) == [-2, -2, 0, 0, 2, 2])
    }

    /// Relative to each value, as far as the value is a normal number.
    @Test func fastFunctionsAreAccurateEverywhere() {
        let x = (-40_000...40_000).map { Float($0) * 0.002 } + [1e-30, -1e-30, 1e-6, -1e-6]
        for function in functions {
            let (actual, expected) = (fast(function, x), reference(function, x))
            var worst: Float = 0
            for (index, value) in expected.enumerated() where !value.isNaN {
                if actual[index] == value { continue }
                let scale =
                    switch function {
                    case .gelu: max(abs(value), abs(x[index]) * 1e-4)
                    default: max(abs(value), .leastNormalMagnitude)
                    }
                worst = max(worst, abs(actual[index] - value) / scale)
            }
            #expect(worst <= 1e-6, "\(function)")
        }
    }

    @Test func specialValues() {
        let x: [Float] = [.nan, .infinity, -.infinity, 0]
        for function in functions where ![.plain(.sin), .plain(.cos)].contains(function) {
            let (actual, expected) = (fast(function, x), reference(function, x))
            for index in x.indices where !expected[index].isNaN || index == 0 {
                #expect(
                    actual[index] == expected[index] || index == 0 && actual[0].isNaN,
                    "\(function) of \(x[index])")
            }
            #expect(expected[0].isNaN, "\(function)")
        }
    }

    /// Zeros of either sign, numbers too small to be normal, and the ends of what exponentials can give.
    @Test func numbersAtTheEndsOfTheirRange() {
        let some: [Float] = [
            0, .leastNonzeroMagnitude, .leastNormalMagnitude / 2, 1e-20, 0.5, 2.5, 15.1, 44.5, 87.3,
            88.7, 88.8, 103, 104.5, 1e20,
            .greatestFiniteMagnitude, .infinity,
        ]
        let signed = some + some.map { -$0 }
        let x = signed + signed.reversed() + signed.prefix(5)
        for function in functions {
            let (actual, expected) = (fast(function, x), reference(function, x))
            for (index, value) in expected.enumerated() where !value.isNaN {
                let result = actual[index]
                let isClose =
                    result == value
                    || abs(result - value) <= max(1e-6 * abs(value), .leastNormalMagnitude)
                let hasSign = value != 0 || result != 0 || result.sign == value.sign
                #expect(isClose && hasSign, "\(function) of \(x[index]) is \(result)")
            }
        }
    }

    @Test func swishIsTheProductWithTheSigmoid() {
        var samples = SplitMix64(seed: 1)
        for count in [1, 16, 45, 40_000] {
            let x = samples.floats(count, in: -20...20)
            let expected = zip(x, reference(.plain(.sigmoid), x)).map { $0 * $1 }
            for threads in 1...2 {
                let fast = filled(count) {
                    FastKernels.swish(count: count, input: x, output: $0, threads: threads)
                }
                expectClose(fast, expected, within: 1e-6)
            }
        }
    }

    @Test func shortRowsBroadcastAndResultsAreClamped() throws {
        let shapes: [(Shape, Shape)] = [
            ([3, 700, 3], [3]), ([5], [130, 5]), ([2, 90, 7], [2, 1, 7]), ([9000], [9000]),
            ([40, 300], [300]), ([600, 2], [600, 1]),
        ]
        var samples = SplitMix64(seed: 1)
        for (first, second) in shapes {
            let loop = try #require(BroadcastLoop([first, second]))
            let a = samples.floats(first.elementCount, in: -8...8)
            let b = samples.floats(second.elementCount, in: -8...8)
            for function in [BinaryFunction.subtract, .multiply, .power] {
                let expected = filled(loop.count) {
                    ReferenceKernels.binary(function, loop, a, b, output: $0)
                }
                for threads in 1...2 {
                    let result = filled(loop.count) {
                        FastKernels.binary(
                            function, loop, a, b, activation: .relu6, output: $0, threads: threads)
                    }
                    let clamped = expected.map { Clamp.relu6(Double($0)) }
                    expectClose(result, clamped, within: 1e-6, "\(first) \(second) \(function)")
                }
            }
        }
    }

    @Test func softmaxOfLongRows() {
        var samples = SplitMix64(seed: 1)
        for count in [1, 5, 16, 37, 200] {
            let x = samples.floats(3 * count, in: -30...30)
            let expected = filled(3 * count) {
                ReferenceKernels.softmax(rows: 3, count: count, input: x, output: $0)
            }
            let fast = filled(3 * count) {
                FastKernels.softmax(rows: 3, count: count, input: x, output: $0)
            }
            expectClose(fast, expected, within: 1e-6, "\(count)")
        }
    }

    @Test func integerFunctions() {
        var output = [Int32](repeating: 0, count: 4)
        let x: [Int32] = [.min, -3, 0, 9]
        #expect(ReferenceKernels.unary(.abs, count: 4, input: x, output: &output))
        #expect(output == [.min, 3, 0, 9])
        #expect(ReferenceKernels.unary(.relu6, count: 4, input: x, output: &output))
        #expect(output == [0, 0, 0, 6])
        #expect(!ReferenceKernels.unary(.exp, count: 4, input: x, output: &output))
    }

    @Test func binaryFunctionsBroadcast() {
        let shapes: [(Shape, Shape)] = [
            ([37], [37]), ([4, 5, 19], [19]), ([4, 5, 19], []), ([], [50]),
            ([3, 1, 18], [1, 7, 1]),
            ([2, 1, 3, 17], [5, 1, 17]), ([4, 1], [4, 33]), ([2, 0], [1, 1]),
            ([90, 8, 8], [8, 1]), ([30, 8, 8], [30, 1, 8]), ([1, 4, 1, 6, 1], [60, 1, 5, 6, 3]),
            ([200, 5, 3, 2], [5, 1, 2]), ([3, 5, 1, 2], [40, 1, 5, 3, 1]),
        ]
        withEvery(
            Choice("function", BinaryFunction.allCases), Choice("shapes", shapes),
            Choice("threads", [1, 2])
        ) { function, shapes, threads in
            var samples = SplitMix64(seed: 1)
            let a = samples.floats(shapes.0.elementCount, in: 0.25...2)
            let b = samples.floats(shapes.1.elementCount, in: 0.25...2)
            guard let loop = BroadcastLoop([shapes.0, shapes.1]) else {
                return #expect(Bool(false), "\(Combination.current)")
            }
            let expected = (0..<loop.count).map { index in
                let left = a[broadcastIndex(index, loop.shape, shapes.0)]
                let right = b[broadcastIndex(index, loop.shape, shapes.1)]
                return Float.apply(function, left, right)
            }
            let reference = filled(loop.count) {
                ReferenceKernels.binary(function, loop, a, b, output: $0)
            }
            #expect(reference == expected, "\(Combination.current)")
            let fast = filled(loop.count) {
                FastKernels.binary(function, loop, a, b, output: $0, threads: threads)
            }
            expectClose(fast, expected, within: 1e-6)
        }
    }

    /// Values of TensorFlow 2.21's `floormod`, `floordiv` and `pow`.
    @Test func knownBinaryValues() {
        let (a, b): ([Int32], [Int32]) = ([7, -7, 7, -7], [3, 3, -3, -3])
        #expect(zip(a, b).map { Int32.apply(.floorModulo, $0, $1) } == [1, 2, -2, -1])
        #expect(zip(a, b).map { Int32.apply(.floorDivide, $0, $1) } == [2, -3, -3, 2])
        #expect(zip(a, b).map { Int32.apply(.divide, $0, $1) } == [2, -2, -2, 2])
        #expect(Int32.apply(.power, 2, 10) == 1024 && Int32.apply(.power, -3, 3) == -27)
        #expect(Int32.apply(.power, -1, -3) == -1 && Int32.apply(.power, 5, -1) == 0)
        #expect(Int32.apply(.divide, .min, -1) == .min && Int64.apply(.divide, 3, 0) == 0)
        let (c, d): ([Float], [Float]) = ([7.5, -7.5, 7.5, -7.5], [2, 2, -2, -2])
        #expect(zip(c, d).map { Float.apply(.floorModulo, $0, $1) } == [1.5, 0.5, -0.5, -1.5])
        #expect(zip(c, d).map { Float.apply(.floorDivide, $0, $1) } == [3, -4, -4, 3])
        #expect(Float.apply(.squaredDifference, 2, 5) == 9 && Float.apply(.power, 9, 0.5) == 3)
    }

    @Test func nanWinsMaximumAndMinimum() throws {
        let loop = try #require(BroadcastLoop([[2], [2]]))
        for function in [BinaryFunction.maximum, .minimum] {
            let result = filled(2) {
                FastKernels.binary(function, loop, [.nan, 1], [1, .nan], output: $0)
            }
            #expect(result[0].isNaN && result[1].isNaN)
            #expect(Float.apply(function, .nan, 1).isNaN && Float.apply(function, 1, .nan).isNaN)
        }
    }

    @Test func remaindersOfZeroHaveTheSignOfTheDividend() throws {
        let loop = try #require(BroadcastLoop([[5], [5]]))
        let (a, b): ([Float], [Float]) = ([-6, 6, -0.0, 0, -1e20], [3, -3, 2, -2, 1e20])
        let fast = filled(5) { FastKernels.binary(.floorModulo, loop, a, b, output: $0) }
        #expect(fast == [0, 0, 0, 0, 0])
        #expect(fast.map(\.sign) == a.map(\.sign))
        #expect(zip(a, b).map { Float.apply(.floorModulo, $0, $1).sign } == a.map(\.sign))
    }

    @Test func preluScalesNegativesPerChannel() throws {
        let loop = try #require(BroadcastLoop([[2, 3], [3]]))
        let (x, alpha): ([Float], [Float]) = ([-1, 2, -3, 4, -5, -6], [0.5, 10, -1])
        let expected: [Float] = [-0.5, 2, 3, 4, -50, 6]
        #expect(
            filled(6) { ReferenceKernels.prelu(loop, input: x, alpha: alpha, output: $0) }
                == expected)
        #expect(
            filled(6) { FastKernels.prelu(loop, input: x, alpha: alpha, output: $0) } == expected)
    }

    @Test func comparisonsAndLogic() throws {
        let loop = try #require(BroadcastLoop([[3], [3]]))
        let known: [(Comparison, [UInt8])] = [
            (.equal, [0, 1, 0]), (.notEqual, [1, 0, 1]), (.less, [1, 0, 0]),
            (.lessEqual, [1, 1, 0]), (.greater, [0, 0, 1]), (.greaterEqual, [0, 1, 1]),
        ]
        var output: [UInt8] = [9, 9, 9]
        for (comparison, expected) in known {
            ReferenceKernels.compare(
                comparison, loop, [1, 2, 3] as [Int64], [2, 2, 2], output: &output)
            #expect(output == expected, "\(comparison)")
        }
        ReferenceKernels.compare(
            .notEqual, loop, [.nan, 1, 0] as [Float], [.nan, 1, 1], output: &output)
        #expect(output == [1, 0, 1])
        ReferenceKernels.logicalAnd(loop, [1, 1, 0], [1, 0, 0], output: &output)
        #expect(output == [1, 0, 0])
        ReferenceKernels.logicalOr(loop, [1, 1, 0], [1, 0, 0], output: &output)
        #expect(output == [1, 1, 0])
        ReferenceKernels.logicalNot(count: 3, input: [1, 0, 2], output: &output)
        #expect(output == [0, 1, 0])
    }

    @Test func selectBroadcastsAllThree() throws {
        let loop = try #require(BroadcastLoop([[2, 1], [3], []]))
        var output = [Int16](repeating: 0, count: 6)
        ReferenceKernels.select(
            loop, elementSize: 2, condition: [1, 0], a: [1, 2, 3] as [Int16], b: [9] as [Int16],
            output: &output)
        #expect(output == [1, 2, 3, 9, 9, 9])
    }

    private func reference(_ function: Function, _ x: [Float]) -> [Float] {
        filled(x.count) { output in
            switch function {
            case .plain(let function):
                ReferenceKernels.unary(function, count: x.count, input: x, output: output)
            case .leakyRelu(let alpha):
                ReferenceKernels.leakyRelu(alpha: alpha, count: x.count, input: x, output: output)
            case .gelu(let approximate):
                ReferenceKernels.gelu(
                    approximate: approximate, count: x.count, input: x, output: output)
            }
        }
    }

    private func fast(_ function: Function, _ x: [Float]) -> [Float] {
        filled(x.count) { output in
            switch function {
            case .plain(let function):
                FastKernels.unary(function, count: x.count, input: x, output: output, threads: 2)
            case .leakyRelu(let alpha):
                FastKernels.leakyRelu(
                    alpha: alpha, count: x.count, input: x, output: output, threads: 2)
            case .gelu(let approximate):
                FastKernels.gelu(
                    approximate: approximate, count: x.count, input: x, output: output, threads: 2)
            }
        }
    }

    private func broadcastIndex(_ position: Int, _ joined: Shape, _ operand: Shape) -> Int {
        var (remaining, index, stride) = (position, 0, 1)
        for axis in 1..<joined.rank + 1 {
            let coordinate = remaining % joined[-axis]
            remaining /= joined[-axis]
            guard axis <= operand.rank else { continue }
            index += operand[-axis] == 1 ? 0 : coordinate * stride
            stride *= operand[-axis]
        }
        return index
    }
}
