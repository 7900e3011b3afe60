import GraphIR
import Tensors

/// Lets a window operation pad for itself if the border is TensorFlow's SAME padding.
///
///     before   x [1, 8, 8, 3] ─ Pad((0, 1), (0, 1)) ─ Conv2D(3×3, stride 2, valid) ─ y
///     after    x ─ Conv2D(3×3, stride 2, same) ─ y
///
/// Requires known extents, zeros, and exactly the amounts that SAME would add for these extents. A maximum takes the border for
/// −∞, so that its input must not be negative. An average leaves the border out and is never rewritten. Exact.
package struct RewritePadding: Pass {
    package let name = "rewrite-padding"
    package let summary =
        "Turns zero padding before a valid convolution or pool into SAME padding where equal."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let producer = graph.producer(of: node.inputs[0]), case .pad(let pad) = producer.op,
            pad.value == 0, pad.amounts.count == 4, pad.amounts[0] == .none,
            pad.amounts[3] == .none, let window = node.op.payload.slidingWindow,
            window.padding == .valid, ignoresZeros(node, before: producer.inputs[0], in: graph)
        else { return .none }
        let inputs = [producer.inputs[0]] + node.inputs.dropFirst()
        let (types, same) = (graph.types(of: inputs), window.padded(.same))
        let reach = window.reach(for: types)
        guard reach.height >= window.strides.height, reach.width >= window.strides.width,
            window.samePadding(for: types) == Array(pad.amounts[1...2]),
            try same.outputTypes(for: types) == [graph[node.output].type]
        else { return .none }
        return try .replacing(node, in: graph) { try $0.add(same, inputs) }
    }

    /// Whether zeros around `input` are the same to the operation as its own border.
    private func ignoresZeros(_ node: Node, before input: ValueID, in graph: Graph) -> Bool {
        guard case .pool2D(let pool) = node.op else { return true }
        return pool.kind == .max && graph.range(of: input).lowerBound >= 0
    }
}
