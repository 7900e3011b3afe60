import GraphIR
import Targets

/// Reverses more axes than an operator takes one after the other.
///
///     before   x ─ Reverse(1, 2) ─ y
///     after    x ─ Reverse(1) ─ Reverse(2) ─ y
///
/// Exact.
struct SplitReversal: Expansion {
    let name = "split-reversal"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .reverse(let payload) = node.op, let limit = target[.reverseV2]?.axes,
            payload.axes.count > limit
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            var x = node.inputs[0]
            for start in stride(from: 0, to: payload.axes.count, by: limit) {
                let axes = Array(payload.axes[start...].prefix(limit))
                x = try patch.add(Reverse(axes: axes).op, [x], role: "REVERSE_V2")
            }
            return x
        }
    }
}
