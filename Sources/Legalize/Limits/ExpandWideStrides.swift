import GraphIR
import TFLiteFormat
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
        guard let builtin = convolution(node.op), target[builtin]?.padsWideStrides != true,
            let window = node.op.payload.slidingWindow, window.padding == .same
        else { return nil }
        let types = graph.types(of: node.inputs)
        let reach = window.reach(for: types)
        guard reach.height < window.strides.height || reach.width < window.strides.width,
            let amounts = window.samePadding(for: types)
        else { return nil }
        return try GraphPatch.expanding(node, in: graph) { patch in
            var x = node.inputs[0]
            if !amounts.areNone {
                x = try patch.add(Pad([.none] + amounts + [.none]).op, [x], layer: node.layer)
            }
            return try patch.add(
                window.padded(.valid), [x] + node.inputs.dropFirst(), layer: node.layer)
        }
    }

    /// The operator of a convolution; nil for other operations.
    private func convolution(_ op: Op) -> BuiltinOperator? {
        switch op.kind {
        case .conv2D: .conv2D
        case .depthwiseConv2D: .depthwiseConv2D
        default: nil
        }
    }
}
