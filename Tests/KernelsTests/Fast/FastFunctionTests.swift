import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

/// The vectorized functions against double precision over all of single precision.
@Suite struct FastFunctionTests {
    private let functions: [UnaryFunction] = [
        .log, .sqrt, .rsqrt, .sin, .cos, .floor, .ceil, .round,
        .sign, .exp, .sigmoid, .tanh,
    ]
    private let special: [Float] = [
        0, -0.0, 1, -1, .infinity, -.infinity, .nan, .leastNonzeroMagnitude, 0x1p-133, -0x1p-133,
        .leastNormalMagnitude, .greatestFiniteMagnitude, -.greatestFiniteMagnitude, 16_384, 16_385,
        -1e6, 3e9, 8_388_609, 0.5, 1.5, 2.5, -0.5, -2.5, 355, 0.99999994, 1.0000001,
    ]

    @Test func unaryFunctionsAreAccurateOverTheWholeRange() {
        let spread = stride(from: UInt32(0), to: .max - 9973, by: 9973).map {
            Float(bitPattern: $0)
        }
        let x = special + spread
        for function in functions {
            let y = filled(x.count) {
                FastKernels.unary(function, count: x.count, input: x, output: $0)
            }
            var worst = 0.0
            for (input, output) in zip(x, y) {
                worst = max(worst, unitsOff(output, function.value(at: Double(input))))
            }
            #expect(worst <= 2.9, "\(function)")
        }
    }

    @Test func resultsDoNotDependOnThePlaceInTheVector() {
        let x = (special + (0..<60).map { Float($0) * 0.37 - 9 }).filter { !$0.isNaN }
        for function in functions {
            let whole = filled(x.count) {
                FastKernels.unary(function, count: x.count, input: x, output: $0)
            }
            for offset in 0..<16 {
                for count in 1...40 {
                    let part = x[offset..<offset + count]
                    let y = filled(count) { output in
                        part.withUnsafeBufferPointer {
                            guard let base = $0.baseAddress else { return }
                            FastKernels.unary(function, count: count, input: base, output: output)
                        }
                    }
                    let expected = whole[offset..<offset + count].map(\.bitPattern)
                    #expect(y.map(\.bitPattern) == expected, "\(function) \(offset) \(count)")
                }
            }
        }
    }

    @Test func cosineOfZeroIsNearlyOne() {
        let y = filled(1) { FastKernels.unary(.cos, count: 1, input: [0], output: $0) }
        #expect(abs(y[0] - 1) <= 1.2e-7)
    }

    @Test func powersAndRemaindersAreAccurate() throws {
        var samples = SplitMix64(seed: 1)
        let ordinary = samples.floats(200, in: -50...50)
        let small = samples.floats(200, in: -3...3)
        let whole = (-12...12).map { Float($0) / 2 }
        for (a, b) in [(special, special), (ordinary, small), (small, whole), (whole, whole)] {
            let loop = try #require(BroadcastLoop([[a.count, 1], [b.count]]))
            for function in [BinaryFunction.power, .floorDivide, .floorModulo] {
                let reference = filled(loop.count) {
                    ReferenceKernels.binary(function, loop, a, b, output: $0)
                }
                let fast = filled(loop.count) {
                    FastKernels.binary(function, loop, a, b, output: $0, threads: 2)
                }
                for index in 0..<loop.count {
                    #expect(
                        unitsOff(fast[index], Double(reference[index])) <= 2,
                        "\(function) of \(a[index / b.count]), \(b[index % b.count])")
                }
            }
        }
    }

    @Test func anglesAreAccurate() throws {
        var samples = SplitMix64(seed: 1)
        let ordinary = samples.floats(300, in: -50...50)
        for (y, x) in [(special, special), (ordinary, ordinary.reversed()), (special, ordinary)] {
            let loop = try #require(BroadcastLoop([[y.count, 1], [x.count]]))
            let reference = filled(loop.count) {
                ReferenceKernels.arcTangent(loop, y: y, x: x, output: $0)
            }
            let fast = filled(loop.count) { FastKernels.arcTangent(loop, y: y, x: x, output: $0) }
            for index in 0..<loop.count {
                let units = unitsOff(fast[index], Double(reference[index]))
                let isTiny = abs(reference[index]) < .leastNormalMagnitude
                #expect(
                    units <= 3 || isTiny, "\(y[index / x.count]), \(x[index % x.count])")
            }
        }
    }

    /// How far a result is from an exact value, in units of the value's last place.
    private func unitsOff(_ result: Float, _ exact: Double) -> Double {
        let rounded = Float(exact)
        if result == rounded || result.isNaN && rounded.isNaN { return 0 }
        guard result.isFinite, rounded.isFinite else { return .infinity }
        return abs(Double(result) - exact) / Double(rounded.ulp)
    }
}
