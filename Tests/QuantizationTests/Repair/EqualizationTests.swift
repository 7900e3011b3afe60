import Evaluation
import Foundations
import GraphIR
import Quantization
import Tensors
import Testing

/// Two convolutions, a pool, a depthwise convolution and a flattened matrix product, with channels of very different sizes.
private func network(_ activation: Clamp) throws -> Graph {
    var random = SplitMix64(seed: 5)
    let builder = GraphBuilder(name: "net")
    func weights(_ shape: Shape, sizes: [Double], axis: Int) -> ValueID {
        let values = (0..<shape.elementCount).map { _ in Double.random(in: -1...1, using: &random) }
        return builder.constant(
            Constant(values, shape).scaled(by: sizes, axis: axis).materialized(), role: "filter")
    }
    let sizes = (0..<6).map { exp2(Double($0 * 7 % 6) - 3) }
    let x = builder.input(TensorType(.float32, [1, 8, 8, 2]), name: "x")
    builder.layer = "first"
    let bias = builder.constant(Constant(sizes.map { $0 / 8 }, [6]), role: "bias")
    var y = try builder.add(
        .conv2D(Conv2D(padding: .same, activation: activation)),
        [x, weights([6, 3, 3, 2], sizes: sizes, axis: 0), bias])
    y = try builder.add(
        .pool2D(Pool2D(kind: .max, window: Size2D(2, 2), strides: Size2D(2, 2))), [y])
    builder.layer = "depthwise"
    y = try builder.add(
        .depthwiseConv2D(DepthwiseConv2D(padding: .same, activation: .relu)),
        [y, weights([1, 3, 3, 6], sizes: sizes, axis: 3)])
    y = try builder.add(.reshape(Reshape([1, 96])), [y])
    builder.layer = "dense"
    let inverse = (0..<96).map { 1 / sizes[$0 % 6] }
    y = try builder.add(
        .fullyConnected(FullyConnected()), [y, weights([4, 96], sizes: inverse, axis: 1)])
    builder.output(y, name: "y")
    return builder.graph
}

private let samples: [[Tensor]] = (0..<4).map { seed in
    var random = SplitMix64(seed: UInt64(seed))
    return [
        Tensor((0..<128).map { _ in Float.random(in: -0.02...0.02, using: &random) }, [1, 8, 8, 2])
    ]
}

/// How far the greatest magnitudes of the channels of the first convolution are apart.
private func spread(of graph: Graph) throws -> Float {
    var greatest = [Float](repeating: 0, count: 6)
    let first = try #require(graph.nodes.first).output
    for inputs in samples {
        _ = try GraphEvaluator(graph, precision: .fast).run(inputs) { id, tensor in
            guard id == first else { return }
            for (index, value) in tensor.array(of: Float.self).enumerated() {
                greatest[index % 6] = max(greatest[index % 6], abs(value))
            }
        }
    }
    return (greatest.max() ?? 0) / (greatest.min() ?? 0)
}

/// The function stays the same, bit for bit, and the channels come closer to each other.
@Test(arguments: [Clamp.none, .relu, .relu6])
func equalizedChannelsComputeTheSame(activation: Clamp) throws {
    let graph = try network(activation)
    let budget = ThreadBudget(1)
    let equalized = try #require(
        try Equalization(of: graph, on: samples, threads: budget).equalized())
    for inputs in samples {
        let expected = try GraphEvaluator(graph, precision: .fast).run(inputs)
        let found = try GraphEvaluator(equalized, precision: .fast).run(inputs)
        #expect(expected[0].array(of: Float.self) == found[0].array(of: Float.self))
    }
    #expect(try spread(of: equalized) < spread(of: graph) / 3)
}

/// A ReLU6 that cuts numbers off cannot let factors pass.
@Test func cutChannelsAreLeftAlone() throws {
    let graph = try network(.relu6)
    let large = samples.map { inputs in
        inputs.map { tensor in
            Tensor(tensor.array(of: Float.self).map { $0 * 1000 }, tensor.shape)
        }
    }
    let equalized = try Equalization(of: graph, on: large, threads: ThreadBudget(1)).equalized()
    let first = try #require(equalized?.nodes.first ?? graph.nodes.first)
    #expect(first.op.activation == .relu6)
}

/// Columns of a table are brought to one size before they are rounded, if the input is one of real numbers.
@Test func columnsOfInputsAreScaled() throws {
    let builder = GraphBuilder(name: "net")
    let x = builder.input(TensorType(.float32, [1, 4]), name: "table")
    builder.layer = "dense"
    let weights = Constant([1, 2, -1, 0.5, 3, -2, 1, 1], [2, 4])
        .scaled(by: [1, 1e-4, 100, 1], axis: 1).materialized()
    builder.output(
        try builder.add(
            .fullyConnected(FullyConnected()), [x, builder.constant(weights, role: "kernel")]),
        name: "y")
    let rows = (1...4).map { [Tensor([Float($0), Float($0) * -1e4, Float($0) / 100, 1], [1, 4])] }
    let budget = ThreadBudget(1)
    #expect(try Equalization(of: builder.graph, on: rows, threads: budget).equalized() == nil)
    let scaled = try #require(
        try Equalization(of: builder.graph, on: rows, scalesInputs: true, threads: budget)
            .equalized())
    for inputs in rows {
        let expected = try GraphEvaluator(builder.graph, precision: .reference).run(inputs)[0]
        var columns: [Float] = []
        let found = try GraphEvaluator(scaled, precision: .reference).run(inputs) { id, tensor in
            if scaled.producer(of: id)?.layer == "table" { columns = tensor.array(of: Float.self) }
        }[0]
        #expect(expected.array(of: Float.self) == found.array(of: Float.self))
        let magnitudes = columns.map(abs)
        #expect((magnitudes.max() ?? 0) < 16 * (magnitudes.min() ?? 0))
    }
}
