import Interpreter
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// A network of integer operators.
private func integerNetwork() throws -> [UInt8] {
    var builder = ModelBuilder()
    let x = builder.input([1, 6, 6, 4], .int8, name: "x")
    builder.quantize(x, 0.05, 3)
    func weights(_ shape: Shape, axis: Int) throws -> TensorIndex {
        let values = (0..<shape.elementCount).map { Int8(truncatingIfNeeded: $0 &* 37 % 255 - 127) }
        let index = builder.constant(try LiteTensor(values, shape: shape.dims).tensor)
        builder.graph[index].quantization = TFLiteQuantization(
            scale: (0..<shape[axis]).map { 0.01 + Float($0) * 0.002 },
            zeroPoint: Array(repeating: 0, count: shape[axis]), quantizedDimension: axis)
        return index
    }
    func bias(_ count: Int) -> TensorIndex {
        builder.integers((0..<count).map { Int32($0 * 100 - 150) })
    }
    func then(
        _ builtin: BuiltinOperator, _ inputs: [TensorIndex], _ shape: Shape,
        _ options: (any OptionsTable)? = nil, scale: Float = 0.1, zeroPoint: Int64 = -5
    ) -> TensorIndex {
        let next = builder.tensor(shape, .int8)
        builder.quantize(next, scale, zeroPoint)
        builder.add(builtin, inputs, [next], options, version: 2)
        return next
    }
    let convolved = then(
        .conv2D, [x, try weights([5, 3, 3, 4], axis: 0), bias(5)], [1, 6, 6, 5],
        Conv2DOptions(padding: .same, strideWidth: 1, strideHeight: 1, activation: .relu))
    let filtered = then(
        .depthwiseConv2D, [convolved, try weights([1, 3, 3, 5], axis: 3), bias(5)], [1, 6, 6, 5],
        DepthwiseConv2DOptions(
            padding: .same, strideWidth: 1, strideHeight: 1, depthMultiplier: 1))
    let sum = then(.add, [convolved, filtered], [1, 6, 6, 5], AddOptions())
    let pooled = then(
        .averagePool2D, [sum], [1, 3, 3, 5],
        Pool2DOptions(
            padding: .valid, strideWidth: 2, strideHeight: 2, filterWidth: 2, filterHeight: 2))
    let mean = then(.mean, [pooled, builder.integers([1, 2])], [1, 5], ReducerOptions())
    let swished = then(.hardSwish, [mean], [1, 5])
    let scores = then(
        .fullyConnected, [swished, try weights([3, 5], axis: 0), bias(3)], [1, 3],
        FullyConnectedOptions(activation: .none))
    let result = then(
        .softmax, [scores], [1, 3], SoftmaxOptions(beta: 1), scale: 1 / 256, zeroPoint: -128)
    return try builder.bytes(outputs: [result])
}

extension ModelBuilder {
    /// Gives a tensor a scale and a zero point.
    fileprivate mutating func quantize(_ tensor: TensorIndex, _ scale: Float, _ zeroPoint: Int64) {
        graph[tensor].quantization = TFLiteQuantization(
            scale: [scale], zeroPoint: [zeroPoint])
    }
}

@Test func damagedIntegerFilesNeverCrash() throws {
    let file = try integerNetwork()
    #expect(survives(file))
    var failures = 0
    Damage.mutate(file, count: 1500, seed: 3) {
        if !survives($0) { failures += 1 }
    }
    #expect(failures > 50 && failures < 1500)
}

/// A quantization that no runtime could use is refused when the file is loaded.
@Test(arguments: [
    TFLiteQuantization(scale: [0], zeroPoint: [0]),
    TFLiteQuantization(scale: [-1], zeroPoint: [0]),
    TFLiteQuantization(scale: [.nan], zeroPoint: [0]),
    TFLiteQuantization(scale: [.infinity], zeroPoint: [0]),
    TFLiteQuantization(scale: [0.1], zeroPoint: [1000]),
    TFLiteQuantization(scale: [0.1, 0.2], zeroPoint: [0, 0], quantizedDimension: 7),
])
func impossibleScalesAreRefused(quantization: TFLiteQuantization) throws {
    for damaged in 0..<3 {
        var builder = ModelBuilder()
        let tensors = [
            builder.input([1, 4], .int8, name: "a"), builder.input([1, 4], .int8, name: "b"),
            builder.tensor([1, 4], .int8),
        ]
        for tensor in tensors { builder.quantize(tensor, 0.1, 0) }
        builder.graph[tensors[damaged]].quantization = quantization
        builder.add(.add, [tensors[0], tensors[1]], [tensors[2]], AddOptions())
        let bytes = try? builder.bytes(outputs: [tensors[2]])
        #expect(!(bytes.map(survives) ?? false))
    }
}

/// Sums beyond 32 bits wrap, and scales at the ends of their range give elements within the type.
@Test(arguments: [Float.leastNonzeroMagnitude, 1e-20, 1, 1e20, .greatestFiniteMagnitude])
func extremeScalesAndSumsGiveElements(scale: Float) throws {
    for activation in [TFLiteActivation.none, .relu6] {
        var builder = ModelBuilder()
        let x = builder.input([2, 3], .int8, name: "x")
        builder.quantize(x, scale, -128)
        let weights = builder.constant(
            try LiteTensor([Int8](repeating: 127, count: 12), shape: [4, 3]).tensor)
        builder.quantize(weights, 1, 0)
        let bias = builder.integers([.max, .min, .max - 1, 0])
        let y = builder.tensor([2, 4], .int8)
        builder.quantize(y, 1, 100)
        builder.add(
            .fullyConnected, [x, weights, bias], [y],
            FullyConnectedOptions(activation: activation))
        #expect(try survives(builder.bytes(outputs: [y])))
    }
}

/// Quotients are within one step of the exact ones; a divisor of 0 is an error of the run.
@Test func integerQuotientsAreNearTheExactOnes() throws {
    var builder = ModelBuilder()
    let (a, b) = (
        builder.input([256], .int8, name: "a"), builder.input([256], .int8, name: "b")
    )
    let y = builder.tensor([256], .int8)
    builder.quantize(a, 0.05, 7)
    builder.quantize(b, 0.02, -3)
    builder.quantize(y, 0.03, 11)
    builder.add(.div, [a, b], [y], DivOptions())
    let model = try builder.load(outputs: [y])
    let dividends = (0..<256).map { Int8(truncatingIfNeeded: $0 &* 77) }
    let divisors = (0..<256).map { index in
        let divisor = Int8(truncatingIfNeeded: index)
        return divisor == -3 ? 5 : divisor
    }
    let inputs = [
        try LiteTensor(dividends, shape: [256]), try LiteTensor(divisors, shape: [256]),
    ]
    let results = try model.makeSession().run(inputs)[0].values(of: Int8.self)
    for (index, result) in results.enumerated() {
        let exact =
            0.05 * Double(Int(dividends[index]) - 7) / (0.02 * Double(Int(divisors[index]) + 3))
        let expected = min(max((exact / 0.03).rounded() + 11, -128), 127)
        #expect(abs(Double(result) - expected) <= 1, "\(dividends[index]) / \(divisors[index])")
    }
    #expect(throws: LiteModelError.self) {
        try model.makeSession().run(
            [inputs[0], LiteTensor([Int8](repeating: -3, count: 256), shape: [256])])
    }
}
