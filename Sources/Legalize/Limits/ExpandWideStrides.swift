import GraphIR
import Targets
import Tensors

/// Spells out SAME padding if windows move by more than their own extent and leave out elements at the end.
///
///     before   x [1, 8, 8, 3] ─ Conv2D(3×3, stride 4, same) ─ y
///     after    x ─ Conv2D(3×3, stride 4, valid) ─ y
///
/// For targets that compute wrong numbers if (p − 1)·s + k < n for windows of k elements at p = ⌈n/s⌉ positions: they begin at a
/// negative padding. A border along the other axis becomes a Pad. Requires known extents. The number of positions is the same: a
/// window without padding fits at most p times. Exact.
struct ExpandWideStrides: Expansion {
    let name = "expand-wide-strides"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard [.conv2D, .depthwiseConv2D].contains(node.op.kind), let builtin = node.op.builtin,
            target[builtin]?.padsWideStrides != true,
            let window = node.op.payload.slidingWindow, window.padding == .same
        else { return nil }
        let types = graph.types(of: node.inputs)
        let (reach, strides) = (window.reach(for: types), window.strides)
        let shape = types[0].shape
        guard let amounts = window.samePadding(for: types),
            leavesOut(shape[1], reach.height, strides.height)
                || leavesOut(shape[2], reach.width, strides.width)
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            var x = node.inputs[0]
            if !amounts.areNone {
                x = try patch.add(Pad([.none] + amounts + [.none]).op, [x])
            }
            return try patch.add(window.padded(.valid), [x] + node.inputs.dropFirst())
        }
    }

    /// Whether the last window ends in front of the end of an axis.
    private func leavesOut(_ extent: Int, _ reach: Int, _ stride: Int) -> Bool {
        (extent - 1) / stride * stride + reach < extent
    }
}
