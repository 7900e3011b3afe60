import Foundations
import Kernels
import TestSupport
import Tensors
import Testing

/// 16-bit integers beside weights of 8 bits.
private struct WideCase {
    var random: SplitMix64
    let rounding: OutputScaling.Rounding

    init(_ seed: Int) {
        random = SplitMix64(seed: UInt64(seed))
        rounding = seed % 3 == 0 ? .twice : .reduced
    }

    mutating func extent(_ limit: Int) -> Int { .random(in: 1...limit, using: &random) }

    mutating func integers(_ count: Int) -> [Int16] {
        (0..<count).map { _ in Int16.random(in: .min ... .max, using: &random) }
    }

    mutating func weights(_ count: Int) -> [Int8] {
        (0..<count).map { _ in Int8.random(in: -127...127, using: &random) }
    }

    mutating func bias(_ count: Int) -> [Int64] {
        (0..<count).map { _ in Int64.random(in: -999_999...999_999, using: &random) }
    }

    mutating func axis(_ padding: Padding) throws -> WindowAxis {
        try #require(
            WindowAxis(
                input: extent(14) + 5, kernel: extent(5), stride: extent(3), dilation: extent(2),
                padding: padding))
    }

    /// A scaling that spreads sums of products of some depth over the elements.
    mutating func scaling(
        _ channels: Int, depth: Int, _ rounding: OutputScaling.Rounding? = nil
    ) -> OutputScaling {
        let sums = 1.4e6 * Double(depth).squareRoot()
        return OutputScaling(
            (0..<channels).map { _ in .random(in: 4000...30000, using: &random) / sums },
            rounding ?? self.rounding, zeroPoint: 0, limits: -32768...32767)
    }
}

/// Expects that what the fast form writes with one thread and with several is what the plain one does.
private func expectEqual(
    _ count: Int, _ plain: (UnsafeMutablePointer<Int16>) -> Void,
    _ fast: (UnsafeMutablePointer<Int16>, _ threads: Int) -> Void
) throws {
    func written(_ fill: (UnsafeMutablePointer<Int16>) -> Void) throws -> [Int16] {
        var elements = [Int16](repeating: 91, count: count + 1)
        try elements.withUnsafeMutableBufferPointer { fill(try #require($0.baseAddress)) }
        #expect(elements[count] == 91, "written past the end")
        return elements
    }
    let expected = try written(plain)
    for threads in [1, 3] { #expect(try written { fast($0, threads) } == expected) }
    #expect(Set(expected).count > 5 || count < 30)
}

@Test(arguments: 0..<40)
func wideConvolutionsEqualThePlainOnes(seed: Int) throws {
    var test = WideCase(seed)
    let padding: Padding = seed % 2 == 0 ? .same : .valid
    let groups = [1, 1, 1, 3][seed % 4]
    let (inputs, outputs) = (test.extent(40) * groups, test.extent(40) * groups)
    let parameters = Conv2DParameters(
        batch: test.extent(2), height: try test.axis(padding), width: try test.axis(padding),
        inputChannels: inputs, outputChannels: outputs, groups: groups)
    let (height, width) = (parameters.height, parameters.width)
    let depth = height.kernel * width.kernel * inputs / groups
    let x = test.integers(parameters.batch * height.input * width.input * inputs)
    let (filter, bias) = (test.weights(outputs * depth), test.bias(outputs))
    let scaling = test.scaling(outputs, depth: depth)
    let fast = WideConvolution(parameters, filter: filter, bias: bias, scaling: scaling)
    try expectEqual(parameters.batch * height.output * width.output * outputs) {
        IntegerKernels.conv2D(
            parameters, input: IntegerOperand(x, zeroPoint: 0),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    } _: {
        fast.run(input: x, output: $0, threads: $1)
    }
}

@Test(arguments: 0..<40)
func wideDepthwiseConvolutionsEqualThePlainOnes(seed: Int) throws {
    var test = WideCase(seed)
    let padding: Padding = seed % 2 == 0 ? .same : .valid
    let parameters = DepthwiseConv2DParameters(
        batch: test.extent(2), height: try test.axis(padding), width: try test.axis(padding),
        inputChannels: test.extent(50), multiplier: [1, 1, 1, 3][seed % 4])
    let (height, width) = (parameters.height, parameters.width)
    let outputs = parameters.outputChannels
    let depth = height.kernel * width.kernel
    let x = test.integers(
        parameters.batch * height.input * width.input * parameters.inputChannels)
    let (filter, bias) = (test.weights(outputs * depth), test.bias(outputs))
    let scaling = test.scaling(outputs, depth: depth)
    let fast = WideDepthwise(parameters, bias: bias, scaling: scaling)
    try expectEqual(parameters.batch * height.output * width.output * outputs) {
        IntegerKernels.depthwiseConv2D(
            parameters, input: IntegerOperand(x, zeroPoint: 0),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    } _: {
        fast.run(input: x, filter: filter, output: $0, threads: $1)
    }
}

@Test(arguments: 0..<40)
func wideProductsEqualThePlainOnes(seed: Int) throws {
    var test = WideCase(seed)
    let parameters = FullyConnectedParameters(
        batch: test.extent(40), inputs: test.extent(150), outputs: test.extent(120))
    let (inputs, outputs) = (parameters.inputs, parameters.outputs)
    let x = test.integers(parameters.batch * inputs)
    let (filter, bias) = (test.weights(outputs * inputs), test.bias(outputs))
    let scaling = test.scaling(outputs, depth: inputs, .real)
    let fast = WideFullyConnected(parameters, filter: filter, bias: bias, scaling: scaling)
    try expectEqual(parameters.batch * outputs) {
        IntegerKernels.fullyConnected(
            parameters, input: IntegerOperand(x, zeroPoint: 0),
            filter: IntegerOperand(filter, zeroPoint: 0), bias: bias, scaling: scaling, output: $0)
    } _: {
        fast.run(input: x, output: $0, threads: $1)
    }
}

@Test(arguments: 0..<40)
func wideMatrixProductsEqualThePlainOnes(seed: Int) throws {
    var test = WideCase(seed)
    let (rows, depth, columns) = (test.extent(40), test.extent(90), test.extent(60))
    let (left, right, parameters) = try batchedMatrices(seed, rows, depth, columns)
    let a = test.integers(left.elementCount)
    let (wide, narrow) = (test.integers(right.elementCount), test.weights(right.elementCount))
    let count = parameters.outputShape.elementCount
    let narrowScaling = test.scaling(1, depth: depth)
    try expectEqual(count) {
        IntegerKernels.batchMatMul(
            parameters, a: IntegerOperand(a, zeroPoint: 0), b: IntegerOperand(narrow, zeroPoint: 0),
            scaling: narrowScaling, output: $0)
    } _: {
        FastKernels.wideBatchMatMul(
            parameters, a: a, b: narrow, scaling: narrowScaling, output: $0, threads: $1)
    }
    let wideScaling = test.scaling(1, depth: depth << 16, .reduced)
    try expectEqual(count) {
        IntegerKernels.batchMatMul(
            parameters, a: IntegerOperand(a, zeroPoint: 0), b: IntegerOperand(wide, zeroPoint: 0),
            scaling: wideScaling, output: $0)
    } _: {
        FastKernels.wideBatchMatMul(
            parameters, a: a, b: wide, scaling: wideScaling, output: $0, threads: $1)
    }
}
