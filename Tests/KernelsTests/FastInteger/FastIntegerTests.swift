import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

extension SplitMix64 {
    /// Any 8-bit integers.
    fileprivate mutating func bytes(_ count: Int) -> [Int8] {
        (0..<count).map { _ in Int8.random(in: .min ... .max, using: &self) }
    }

    /// A scaling that spreads sums of about this magnitude over the elements.
    fileprivate mutating func scaling(
        _ channels: Int, sums: Double, _ rounding: OutputScaling.Rounding = .twice
    ) -> OutputScaling {
        OutputScaling(
            (0..<channels).map { _ in .random(in: 20...120, using: &self) / sums }, rounding,
            zeroPoint: .random(in: -60...60, using: &self),
            limits: Bool.random(using: &self) ? -128...127 : -20...80)
    }

    /// One of the numbers from 1 to `limit`.
    fileprivate mutating func extent(_ limit: Int) -> Int { .random(in: 1...limit, using: &self) }
}

/// The elements that `fill` writes; the one behind them has to stay as it is.
private func written(_ count: Int, _ fill: (UnsafeMutablePointer<Int8>) -> Void) -> [Int8] {
    var elements = [Int8](repeating: 91, count: count + 1)
    elements.withUnsafeMutableBufferPointer { buffer in
        if let base = buffer.baseAddress { fill(base) }
    }
    #expect(elements[count] == 91, "written past the end")
    return Array(elements.prefix(count))
}

private func axis(_ random: inout SplitMix64, _ padding: Padding) -> WindowAxis? {
    WindowAxis(
        input: random.extent(14) + 5, kernel: random.extent(5), stride: random.extent(3),
        dilation: random.extent(2), padding: padding)
}

@Test(arguments: 0..<60)
func fastIntegerConvolutionsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let padding: Padding = seed % 2 == 0 ? .same : .valid
    let groups = [1, 1, 1, 3][seed % 4]
    let (inputs, outputs) = (random.extent(40) * groups, random.extent(60) * groups)
    let parameters = Conv2DParameters(
        batch: random.extent(2), height: try #require(axis(&random, padding)),
        width: try #require(axis(&random, padding)), inputChannels: inputs,
        outputChannels: outputs, groups: groups)
    let (height, width) = (parameters.height, parameters.width)
    let x = random.bytes(parameters.batch * height.input * width.input * inputs)
    let depth = height.kernel * width.kernel * inputs / groups
    let filter = random.bytes(outputs * depth)
    let bias = (0..<outputs).map { _ in Int64.random(in: -9999...9999, using: &random) }
    let scaling = random.scaling(outputs, sums: 5000 * Double(depth).squareRoot())
    let zeroPoint = Int32.random(in: -128...127, using: &random)
    let count = parameters.batch * height.output * width.output * outputs
    let expected = written(count) {
        IntegerKernels.conv2D(
            parameters, input: IntegerOperand(x, zeroPoint: zeroPoint),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    }
    let fast = FastIntegerConvolution(
        parameters, filter: filter, inputZeroPoint: zeroPoint, bias: bias, scaling: scaling)
    for threads in [1, 3] {
        let actual = written(count) {
            fast.run(input: x, output: $0, threads: threads)
        }
        #expect(actual == expected, "\(parameters)")
    }
    #expect(Set(expected).count > 5 || count < 30)
}

@Test(arguments: 0..<60)
func fastIntegerDepthwiseConvolutionsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let padding: Padding = seed % 2 == 0 ? .same : .valid
    let parameters = DepthwiseConv2DParameters(
        batch: random.extent(2), height: try #require(axis(&random, padding)),
        width: try #require(axis(&random, padding)), inputChannels: random.extent(50),
        multiplier: [1, 1, 1, 3][seed % 4])
    let (height, width) = (parameters.height, parameters.width)
    let outputs = parameters.outputChannels
    let x = random.bytes(
        parameters.batch * height.input * width.input * parameters.inputChannels)
    let filter = random.bytes(outputs * height.kernel * width.kernel)
    let bias = (0..<outputs).map { _ in Int64.random(in: -9999...9999, using: &random) }
    let scaling = random.scaling(outputs, sums: 15000)
    let zeroPoint = Int32.random(in: -128...127, using: &random)
    let count = parameters.batch * height.output * width.output * outputs
    let expected = written(count) {
        IntegerKernels.depthwiseConv2D(
            parameters, input: IntegerOperand(x, zeroPoint: zeroPoint),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    }
    let fast = FastIntegerDepthwise(
        parameters, filter: filter, inputZeroPoint: zeroPoint, bias: bias, scaling: scaling)
    for threads in [1, 3] {
        let actual = written(count) {
            fast.run(input: x, filter: filter, output: $0, threads: threads)
        }
        #expect(actual == expected, "\(parameters)")
    }
}

@Test(arguments: 0..<40)
func fastIntegerProductsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let parameters = FullyConnectedParameters(
        batch: random.extent(40), inputs: random.extent(150), outputs: random.extent(120))
    let x = random.bytes(parameters.batch * parameters.inputs)
    let filter = random.bytes(parameters.outputs * parameters.inputs)
    let bias = (0..<parameters.outputs).map { _ in Int64.random(in: -9999...9999, using: &random) }
    let scaling = random.scaling(
        parameters.outputs, sums: 5000 * Double(parameters.inputs).squareRoot(), .real)
    let zeroPoint = Int32.random(in: -128...127, using: &random)
    let count = parameters.batch * parameters.outputs
    let expected = written(count) {
        IntegerKernels.fullyConnected(
            parameters, input: IntegerOperand(x, zeroPoint: zeroPoint),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    }
    let fast = FastIntegerFullyConnected(
        parameters, filter: filter, inputZeroPoint: zeroPoint, bias: bias, scaling: scaling)
    for threads in [1, 3] {
        let actual = written(count) {
            fast.run(input: x, output: $0, threads: threads)
        }
        #expect(actual == expected, "\(parameters)")
    }
}

@Test(arguments: 0..<40)
func fastIntegerSumsAndProductsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let shape: Shape = [random.extent(4), random.extent(9), random.extent(40)]
    let other: Shape = [shape, [shape[2]], [1], [shape[0], 1, shape[2]]][seed % 4]
    let loop = try #require(BroadcastLoop([shape, other]))
    let (a, b) = (random.bytes(shape.elementCount), random.bytes(other.elementCount))
    let scales = (
        Float.random(in: 0.01...0.1, using: &random), Float.random(in: 0.01...0.1, using: &random)
    )
    let pair = IntegerPair(scales.0, scales.1, shift: 20)
    let output = Float.random(in: 0.05...0.2, using: &random)
    for function in [
        IntegerBinary.sum(pair, isDifference: false), .sum(pair, isDifference: true), .product,
    ] {
        let factor: Double
        if case .product = function {
            factor = 1 / Double.random(in: 100...300, using: &random)
        } else {
            factor = pair.unit / (0x1p20 * Double(output))
        }
        let scaling = OutputScaling([factor], zeroPoint: 3, limits: -100...127)
        let operands = (
            IntegerOperand(a, zeroPoint: .random(in: -50...50, using: &random)),
            IntegerOperand(b, zeroPoint: .random(in: -50...50, using: &random))
        )
        let expected = written(loop.count) {
            IntegerKernels.binary(
                function, loop, operands.0, operands.1, scaling: scaling, output: $0)
        }
        let fast = try #require(FastIntegerBinary(function, scaling: scaling))
        let actual = written(loop.count) { fast.run(loop, operands.0, operands.1, output: $0) }
        #expect(actual == expected)
    }
}

@Test(arguments: 0..<24)
func fastIntegerCellsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (inputs, units) = (random.extent(70), random.extent(50))
    let parameters = IntegerLSTM(
        batch: random.extent(3), steps: random.extent(9), inputs: inputs, units: units,
        isTimeMajor: seed % 3 == 0, inputZeroPoint: .random(in: -128...127, using: &random),
        hiddenZeroPoint: .random(in: -50...50, using: &random),
        cellExponent: .random(in: -15 ... -9, using: &random), cellClip: seed % 4 == 0 ? 9000 : 0,
        hiddenScale: 1 / 127)
    let count = parameters.batch * units
    let x = random.bytes(parameters.batch * parameters.steps * inputs)
    let size = units * (inputs + units)
    let weights = random.bytes(4 * size)
    let bias = (0..<4 * units).map { _ in Int32.random(in: -9999...9999, using: &random) }
    try weights.withUnsafeBufferPointer { weights in
        try bias.withUnsafeBufferPointer { bias in
            let kernels = try #require(weights.baseAddress)
            let biases = try #require(bias.baseAddress)
            let gates = (0..<4).map { number in
                IntegerLSTM.Gate(
                    kernel: kernels + number * size,
                    recurrent: kernels + number * size + units * inputs,
                    bias: seed % 5 == 0 ? nil : biases + number * units,
                    kernelScale: 1e-4 / Double(inputs).squareRoot(),
                    recurrentScale: 1e-4 / Double(units).squareRoot())
            }
            let fast = FastIntegerLSTM(parameters, gates: gates)
            typealias States = (hidden: [Int8], cell: [Int16], output: [Int8])
            let initial: States = (
                [Int8](repeating: 3, count: count), [Int16](repeating: -50, count: count),
                [Int8](repeating: 0, count: count * parameters.steps)
            )
            var (expected, found) = (initial, initial)
            parameters.run(
                input: x, gates: gates, hidden: &expected.hidden, cell: &expected.cell,
                output: &expected.output)
            fast.run(
                input: x, hidden: &found.hidden, cell: &found.cell, output: &found.output,
                threads: 2)
            #expect(found == expected)
            #expect(Set(expected.output).count > 3 || count * parameters.steps < 9)
        }
    }
}

@Test(arguments: 0..<40)
func fastIntegerMatrixProductsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let (rows, depth, columns) = (random.extent(40), random.extent(90), random.extent(60))
    let (left, right, parameters) = try batchedMatrices(seed, rows, depth, columns)
    let (a, b) = (random.bytes(left.elementCount), random.bytes(right.elementCount))
    let zeroPoints = (
        Int32.random(in: -30...30, using: &random),
        seed % 3 == 0 ? 0 : Int32.random(in: -30...30, using: &random)
    )
    let scaling = random.scaling(1, sums: 6000 * Double(depth).squareRoot() + 500 * Double(depth))
    let count = parameters.outputShape.elementCount
    let operands = (
        IntegerOperand(a, zeroPoint: zeroPoints.0), IntegerOperand(b, zeroPoint: zeroPoints.1)
    )
    let expected = written(count) {
        IntegerKernels.batchMatMul(
            parameters, a: operands.0, b: operands.1, scaling: scaling, output: $0)
    }
    for threads in [1, 3] {
        let actual = written(count) {
            FastKernels.integerBatchMatMul(
                parameters, a: operands.0, b: operands.1, scaling: scaling, output: $0,
                threads: threads)
        }
        #expect(actual == expected)
    }
    #expect(Set(expected).count > 5 || count < 30)
    withExtendedLifetime((a, b)) {}
}

@Test(arguments: 0..<40)
func fastIntegerTransposedConvolutionsEqualThePlainOnes(seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let padding: Padding = seed % 2 == 0 ? .same : .valid
    let (inputs, outputs) = (random.extent(40), random.extent(40))
    let parameters = Conv2DParameters(
        batch: random.extent(2), height: try #require(axis(&random, padding)),
        width: try #require(axis(&random, padding)), inputChannels: inputs,
        outputChannels: outputs)
    let (height, width) = (parameters.height, parameters.width)
    let x = random.bytes(parameters.batch * height.output * width.output * inputs)
    let filter = random.bytes(outputs * height.kernel * width.kernel * inputs)
    let bias = (0..<outputs).map { _ in Int64.random(in: -9999...9999, using: &random) }
    let scaling = random.scaling(outputs, sums: 5000 * Double(inputs).squareRoot())
    let zeroPoint = Int32.random(in: -128...127, using: &random)
    let count = parameters.batch * height.input * width.input * outputs
    let expected = written(count) {
        IntegerKernels.transposeConv2D(
            parameters, input: IntegerOperand(x, zeroPoint: zeroPoint),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    }
    let fast = FastIntegerTransposedConvolution(
        parameters, filter: filter, inputZeroPoint: zeroPoint, bias: bias, scaling: scaling)
    for threads in [1, 3] {
        #expect(written(count) { fast.run(input: x, output: $0, threads: threads) } == expected)
    }
    #expect(Set(expected).count > 5 || count < 30)
}
