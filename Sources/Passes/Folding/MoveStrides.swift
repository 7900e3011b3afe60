import GraphIR
import Tensors

/// Lets convolutions skip what a pool of one element skips.
///
///     before   x ─ Conv2D(1×1) ─ ReLU ─ MaxPool(1×1, stride 2) ─ Conv2D(1×1) ─ y
///     after    x ─ Conv2D(1×1, stride 2) ─ ReLU ─ Conv2D(1×1) ─ y
///
///     before   x ─ AveragePool(1×1, stride 2) ─ Conv2D(1×1) ─ y
///     after    x ─ Conv2D(1×1, stride 2) ─ y
///
/// The pool moves backwards past functions of elements, and into a convolution before it that does not pad, or a 1×1 convolution
/// behind it. Values between have no other use. Exact.
package struct MoveStrides: Pass {
    package let name = "move-strides"
    package let summary =
        "Moves strides of 1×1 pools into convolutions, and before what they make cheaper."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let pool = node.unitPool, let producer = graph.producer(of: node.inputs[0]) else {
            return try intoConsumer(node, in: graph)
        }
        guard graph.useCount(of: node.inputs[0]) == 1 else {
            return try intoConsumer(node, in: graph)
        }
        if let op = producer.op.payload.striding(by: pool.strides, in: graph, producer) {
            return try .replacing(node, in: graph) {
                try $0.add(op, producer.inputs, layer: producer.layer)
            }
        }
        let isElementwise =
            producer.inputs.count == 1 && graph.axes(of: producer).layout == .free
            && graph[producer.inputs[0]].type == graph[producer.output].type
        guard isElementwise else { return try intoConsumer(node, in: graph) }
        return try .replacing(node, in: graph) {
            let x = try $0.add(node.op, producer.inputs)
            return try $0.copy(producer, inputs: [x])
        }
    }

    private func intoConsumer(_ node: Node, in graph: Graph) throws -> Outcome {
        guard let pool = node.unitPool, let user = graph.soleUser(of: node.output),
            user.inputs[0] == node.output, case .conv2D(let conv) = user.op,
            conv.window(for: graph.types(of: user.inputs)) == .one
        else { return .none }
        let strided = Conv2D(
            strides: conv.strides.times(pool.strides), activation: conv.activation)
        return try .replacing(user, in: graph) {
            try $0.add(
                strided.op, [node.inputs[0]] + user.inputs.dropFirst(), layer: user.layer)
        }
    }
}

extension Node {
    /// The pool of one element that does nothing but skip others; nil for any other node.
    var unitPool: Pool2D? {
        guard case .pool2D(let pool) = op, pool.window == .one, pool.strides != .one,
            pool.activation == .none
        else { return nil }
        return pool
    }
}

extension Operation {
    /// A convolution that computes every n-th of its results; nil if others would stand in their place.
    fileprivate func striding(by strides: Size2D, in graph: Graph, _ node: Node) -> Op? {
        guard let window = slidingWindow, node.inputs.count > 1 else { return nil }
        let reach = window.reach(for: graph.types(of: node.inputs))
        guard window.padding == .valid || reach == .one else { return nil }
        let steps = window.strides.times(strides)
        if case .conv2D(var conv) = node.op {
            (conv.strides, conv.padding) = (steps, .valid)
            return conv.op
        }
        if case .depthwiseConv2D(var conv) = node.op {
            (conv.strides, conv.padding) = (steps, .valid)
            return conv.op
        }
        return nil
    }
}

extension Size2D {
    /// The products of both heights and both widths.
    fileprivate func times(_ other: Size2D) -> Size2D {
        Size2D(height * other.height, width * other.width)
    }
}
