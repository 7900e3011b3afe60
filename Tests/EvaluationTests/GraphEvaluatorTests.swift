import Evaluation
import Foundations
import GraphIR
import Problems
import TestSupport
import Tensors
import Testing

/// A small network with a branch, weights that have to be transposed, and a free batch.
private func network(seed: UInt64) throws -> Graph {
    var generator = SplitMix64(seed: seed)
    func weights(_ dims: Int..., transposed axes: [Int]? = nil) -> Constant {
        let count = dims.reduce(1, *)
        let values = (0..<count).map { _ in Float.random(in: -1...1, using: &generator) }
        let constant = Constant(Tensor(values, Shape(dims)))
        return axes.map { constant.permuted($0) } ?? constant
    }
    let builder = GraphBuilder(name: "net")
    let x = builder.input(TensorType(.float32, [-1, 9, 8, 3]), name: "x")
    builder.layer = "conv"
    let filter = builder.constant(
        weights(3, 3, 3, 20, transposed: [3, 0, 1, 2]), role: "filter")
    let bias = builder.constant(weights(20), role: "bias")
    var y = try builder.add(
        .conv2D(Conv2D(strides: Size2D(2, 1), padding: .same)),
        [
            x, filter, bias,
        ])
    builder.layer = "branch"
    let depthwise = builder.constant(weights(1, 3, 3, 20), role: "filter")
    let branch = try builder.add(
        .depthwiseConv2D(DepthwiseConv2D(padding: .same, activation: .relu6)), [y, depthwise])
    y = try builder.add(.binary(Binary(.add)), [builder.unary(.tanh, y), branch])
    builder.layer = "dense"
    let mean = try builder.add(.reduce(Reduce(.mean, axes: [1, 2], keepDimensions: false)), [y])
    let dense = builder.constant(weights(20, 7, transposed: [1, 0]), role: "filter")
    y = try builder.add(
        .softmax(Softmax()),
        [
            builder.add(.fullyConnected(FullyConnected()), [mean, dense])
        ])
    builder.output(y, name: "y")
    return builder.graph
}

private func image(batch: Int) -> Tensor {
    var generator = SplitMix64(seed: 7)
    let values = (0..<batch * 9 * 8 * 3).map { _ in Float.random(in: -2...2, using: &generator) }
    return Tensor(values, [batch, 9, 8, 3])
}

@Test func fastAndReferenceAgreeOnANetwork() throws {
    for seed in 1...5 as ClosedRange<UInt64> {
        let graph = try network(seed: seed)
        let fast = GraphEvaluator(graph, precision: .fast, threads: 2)
        let reference = GraphEvaluator(graph, precision: .reference)
        for batch in [1, 3, 1] {
            let expected = try reference.run([image(batch: batch)])
            let result = try fast.run([image(batch: batch)])
            #expect(result[0].shape == [batch, 7])
            #expect(Difference(result[0], expected[0]).relative <= 1e-5)
        }
    }
}

@Test func observersSeeEveryValueOnce() throws {
    let graph = try network(seed: 1)
    var seen: [ValueID: Tensor] = [:]
    var count = 0
    let evaluator = GraphEvaluator(graph, precision: .reference)
    let outputs = try evaluator.run([image(batch: 2)]) { id, tensor in
        seen[id] = tensor
        count += 1
    }
    #expect(count == graph.nodeCount + 1 && seen.count == count)
    #expect(seen[graph.outputs[0].value]?.floats == outputs[0].floats)
}

@Test func wrongInputsAreRejected() throws {
    let evaluator = GraphEvaluator(try network(seed: 1), precision: .reference)
    for inputs in [
        [], [Tensor.zeros(.float32, [1, 9, 8, 4])], [.zeros(.int32, [1, 9, 8, 3])],
        [.zeros(.float32, [9, 8, 3])],
    ] {
        #expect(throws: Problem.self) { try evaluator.run(inputs) }
    }
}
