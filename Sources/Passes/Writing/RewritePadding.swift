import GraphIR
import Tensors

/// Lets a window operation pad for itself where the border is TensorFlow's SAME padding.
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

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard let producer = graph.producer(of: node.inputs[0]), case .pad(let pad) = producer.op,
            pad.value == 0, pad.amounts.count == 4,
            pad.amounts[0] == [0, 0], pad.amounts[3] == [0, 0],
            let window = Window(node, in: graph),
            !window.ignoresBorder || graph.range(of: producer.inputs[0]).lowerBound >= 0
        else { return nil }
        let shape = graph[producer.inputs[0]].shape
        for axis in 1...2 {
            guard shape[axis] != Shape.free, window.extents[axis - 1] >= window.strides[axis - 1]
            else { return nil }
            let amounts = Padding.same.amounts(
                shape[axis], window: window.extents[axis - 1], stride: window.strides[axis - 1])
            guard pad.amounts[axis] == [amounts.before, amounts.after] else { return nil }
        }
        let inputs = [producer.inputs[0]] + node.inputs.dropFirst()
        let types = try? window.same.outputTypes(for: inputs.map { graph[$0].type })
        guard types == [graph[node.output].type] else { return nil }
        return try GraphPatch.replacing(node, in: graph) { patch in
            try patch.add(window.same, inputs, layer: node.layer)
        }
    }
}

/// An operation on a window without padding.
private struct Window {
    /// Height and width, dilation included.
    let extents: [Int]
    let strides: [Int]
    /// Whether border elements do not count (as they do in a convolution, as zeros).
    let ignoresBorder: Bool
    /// The operation with SAME padding.
    let same: Op

    init?(_ node: Node, in graph: Graph) {
        switch node.op {
        case .conv2D(var payload) where payload.padding == .valid:
            extents = Self.extents(graph[node.inputs[1]].shape, payload.dilations)
            strides = [payload.strides.height, payload.strides.width]
            payload.padding = .same
            (ignoresBorder, same) = (false, payload.op)
        case .depthwiseConv2D(var payload) where payload.padding == .valid:
            extents = Self.extents(graph[node.inputs[1]].shape, payload.dilations)
            strides = [payload.strides.height, payload.strides.width]
            payload.padding = .same
            (ignoresBorder, same) = (false, payload.op)
        case .pool2D(var payload) where payload.padding == .valid && payload.kind == .max:
            extents = [payload.window.height, payload.window.width]
            strides = [payload.strides.height, payload.strides.width]
            payload.padding = .same
            (ignoresBorder, same) = (true, payload.op)
        default: return nil
        }
    }

    private static func extents(_ filter: Shape, _ dilations: Size2D) -> [Int] {
        [
            (filter[1] - 1) * dilations.height + 1, (filter[2] - 1) * dilations.width + 1,
        ]
    }
}
