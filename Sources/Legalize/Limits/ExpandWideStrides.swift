import GraphIR
import Targets
import Tensors

/// Spells out SAME padding if a window moves by more than its own extent.
///
///     before   x ─ Conv2D(3×3, stride 4, same) ─ y
///     after    x ─ Pad ─ Conv2D(3×3, stride 4, valid) ─ y
///
/// For targets that compute wrong numbers for that combination and right ones for explicit padding. Requires known extents. The
/// number of positions is the same: with p = ⌈n/s⌉ positions and p·s ≥ n, a window without padding fits at most p times. Exact.
struct ExpandWideStrides: Expansion {
    let name = "expand-wide-strides"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        let (strides, dilations, valid): (Size2D, Size2D, Op)
        switch node.op {
        case .conv2D(var payload)
        where payload.padding == .same && target[.conv2D]?.padsWideStrides != true:
            (strides, dilations) = (payload.strides, payload.dilations)
            payload.padding = .valid
            valid = payload.op
        case .depthwiseConv2D(var payload)
        where payload.padding == .same && target[.depthwiseConv2D]?.padsWideStrides != true:
            (strides, dilations) = (payload.strides, payload.dilations)
            payload.padding = .valid
            valid = payload.op
        default: return nil
        }
        let (shape, filter) = (graph[node.inputs[0]].shape, graph[node.inputs[1]].shape)
        let sizes = [
            (shape[1], filter[1], strides.height, dilations.height),
            (shape[2], filter[2], strides.width, dilations.width),
        ]
        guard sizes.contains(where: { ($0.1 - 1) * $0.3 + 1 < $0.2 }),
            sizes.allSatisfy({ $0.0 != Shape.free })
        else { return nil }
        let amounts = sizes.map { size, window, stride, dilation in
            let amounts = Padding.same.amounts(
                size, window: window, stride: stride, dilation: dilation)
            return [amounts.before, amounts.after]
        }
        return try GraphPatch.expanding(node, in: graph) { patch in
            var x = node.inputs[0]
            if amounts != [[0, 0], [0, 0]] {
                x = try patch.add(
                    Pad([[0, 0]] + amounts + [[0, 0]]).op, [x], layer: node.layer)
            }
            return try patch.add(valid, [x] + node.inputs.dropFirst(), layer: node.layer)
        }
    }
}
