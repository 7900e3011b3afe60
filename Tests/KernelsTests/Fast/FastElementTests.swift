import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

/// Fast comparisons, selections, conversions and functions of integers against the reference.
@Suite struct FastElementTests {
    private let shapes: [[Shape]] = [
        [[1], [1], [1]], [[67], [67], [67]], [[4, 5, 19], [19], []], [[], [4, 5, 19], [5, 1]],
        [[3, 1, 18], [1, 7, 1], [3, 7, 18]], [[40_000], [40_000], [40_000]],
        [[2, 0], [1, 1], [1]],
        [[6, 2, 3, 4], [6, 1, 3, 1], [2, 1, 1]],
    ]

    @Test func comparisons() throws {
        var samples = SplitMix64(seed: 1)
        for shapes in shapes {
            let loop = try #require(BroadcastLoop(Array(shapes.prefix(2))))
            let a = (0..<shapes[0].elementCount).map { _ in Int.random(in: -3...3, using: &samples)
            }
            let b = (0..<shapes[1].elementCount).map { _ in Int.random(in: -3...3, using: &samples)
            }
            for comparison in Comparison.allCases {
                func check<Element: Comparable & BitwiseCopyable>(
                    _ type: DType, _ convert: (Int) -> Element
                ) {
                    let (left, right) = (a.map(convert), b.map(convert))
                    var expected = [UInt8](repeating: 9, count: loop.count)
                    ReferenceKernels.compare(comparison, loop, left, right, output: &expected)
                    for threads in 1...2 {
                        var result = [UInt8](repeating: 9, count: loop.count)
                        #expect(
                            FastKernels.compare(
                                comparison, loop, type: type, left, right, output: &result,
                                threads: threads))
                        #expect(result == expected, "\(comparison) of \(type) \(shapes)")
                    }
                }
                check(.float32) { $0 == 3 ? Float.nan : Float($0) }
                check(.int32) { Int32($0) * 100_000_000 }
                check(.int64) { Int64($0) << 40 }
                check(.int8) { Int8($0) }
                check(.int16) { Int16($0) }
                check(.uint8) { UInt8($0 + 3) }
            }
        }
    }

    @Test func logic() throws {
        for shapes in shapes {
            let loop = try #require(BroadcastLoop(Array(shapes.prefix(2))))
            let a = (0..<shapes[0].elementCount).map { UInt8($0 % 2) }
            let b = (0..<shapes[1].elementCount).map { UInt8($0 % 3 == 0 ? 1 : 0) }
            var (expected, result) = (
                [UInt8](repeating: 9, count: loop.count), [UInt8](repeating: 7, count: loop.count)
            )
            ReferenceKernels.logicalAnd(loop, a, b, output: &expected)
            FastKernels.logicalAnd(loop, a, b, output: &result, threads: 2)
            #expect(result == expected)
            ReferenceKernels.logicalOr(loop, a, b, output: &expected)
            FastKernels.logicalOr(loop, a, b, output: &result, threads: 2)
            #expect(result == expected)
        }
    }

    @Test func selections() throws {
        for shapes in shapes {
            for order in [[0, 1, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                let (a, b, c) = (shapes[order[0]], shapes[order[1]], shapes[order[2]])
                let reference = try #require(BroadcastLoop([c, a, b]))
                let loop = try #require(BroadcastLoop([a, b, c]))
                let condition = (0..<c.elementCount).map { UInt8($0 % 3 == 1 ? 1 : 0) }
                func check<Element: FixedWidthInteger & BitwiseCopyable>(_: Element.Type) {
                    let left = (0..<a.elementCount).map { Element(truncatingIfNeeded: $0) }
                    let right = (0..<b.elementCount).map { Element(truncatingIfNeeded: ~$0) }
                    var (expected, result) = (
                        [Element](repeating: 9, count: loop.count),
                        [Element](repeating: 7, count: loop.count)
                    )
                    let size = MemoryLayout<Element>.size
                    ReferenceKernels.select(
                        reference, elementSize: size, condition: condition, a: left, b: right,
                        output: &expected)
                    FastKernels.select(
                        loop, elementSize: size, a: left, b: right, condition: condition,
                        output: &result, threads: 2)
                    #expect(result == expected, "\(a) \(b) \(c)")
                }
                check(UInt8.self)
                check(Int16.self)
                check(Int32.self)
                check(Int64.self)
            }
        }
    }

    @Test func conversions() {
        let types: [DType] = [
            .float32, .float64, .float16, .bfloat16, .int8, .int16, .int32, .int64, .uint8,
            .uint16, .uint32, .uint64, .bool,
        ]
        let floats: [Float] =
            [
                .nan, .infinity, -.infinity, 0, -0.0, 0.99, -0.99, 1.5, -1.5, 127.5, 128, -128.5,
                -129, 255.9, 256, 2_147_483_520, 2_147_483_648, -2_147_483_648, -3e9, 1e19,
                9.2e18, 0x1p-133,
            ] + (0..<50).map { Float($0) * 3.7 - 60 }
        for source in types {
            for target in types {
                for count in [0, 1, 15, 16, 33, floats.count] {
                    var input = [UInt64](repeating: 0, count: floats.count)
                    _ = ReferenceKernels.cast(
                        from: .float32, to: source, count: floats.count, input: floats,
                        output: &input)
                    var expected = [UInt64](repeating: 5, count: floats.count + 1)
                    var result = expected
                    #expect(
                        ReferenceKernels.cast(
                            from: source, to: target, count: count, input: input,
                            output: &expected))
                    #expect(
                        FastKernels.cast(
                            from: source, to: target, count: count, input: input, output: &result,
                            threads: 2))
                    #expect(result == expected, "\(source) to \(target), \(count)")
                }
            }
        }
    }

    @Test func integerFunctions() throws {
        var samples = SplitMix64(seed: 1)
        let extremes: [Int32] = [.min, .max, 0, -1, 1, 7, -7]
        for shapes in shapes where shapes[0].elementCount < 1000 {
            let loop = try #require(BroadcastLoop(Array(shapes.prefix(2))))
            func numbers(_ shape: Shape) -> [Int32] {
                (0..<shape.elementCount).map { _ in
                    Bool.random(using: &samples)
                        ? Int32.random(in: -9...9, using: &samples)
                        : extremes[Int.random(in: 0..<extremes.count, using: &samples)]
                }
            }
            let (a, b) = (numbers(shapes[0]), numbers(shapes[1]))
            for function in BinaryFunction.allCases {
                var expected = [Int32](repeating: 9, count: loop.count)
                var (result, clamped) = (expected, expected)
                ReferenceKernels.binary(function, loop, a, b, output: &expected)
                FastKernels.binary(function, loop, a, b, output: &result)
                #expect(result == expected, "\(function) \(shapes)")
                FastKernels.binary(function, loop, a, b, within: 0...6, output: &clamped)
                #expect(clamped == expected.map { min(max($0, 0), 6) })
            }
            var (expected, result) = (a, a)
            for function in [UnaryFunction.abs, .neg, .sign, .square, .relu6, .round] {
                #expect(
                    ReferenceKernels.unary(function, count: a.count, input: a, output: &expected))
                #expect(FastKernels.unary(function, count: a.count, input: a, output: &result))
                #expect(result == expected, "\(function)")
            }
        }
    }
}
