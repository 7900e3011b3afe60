import GraphIR
import Targets
import Tensors

/// Spells out a choice between numbers for targets without SELECT_V2.
///
///     before   Select(c, a, b)
///     after    Cast(c) · a + (1 − Cast(c)) · b        Cast(c) · a if b is zero
///
/// Exact for finite numbers: an infinity that is not chosen makes a NaN.
struct ExpandSelect: Expansion {
    let name = "expand-select"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .select = node.op, !target.has(.selectV2), graph[node.output].dtype == .float32
        else { return nil }
        let (a, b) = (node.inputs[1], node.inputs[2])
        let type = graph[node.output].type
        return try GraphPatch(replacing: node, in: graph) { patch in
            let kept = try patch.cast(node.inputs[0], to: .float32)
            let one = try patch.multiply(kept, a)
            if isZero(b, in: graph), patch.type(of: one) == type { return one }
            let rest = try patch.binary(.multiply, patch.binary(.subtract, kept, 1), -1)
            return try patch.add(one, patch.multiply(rest, b))
        }
    }

    private func isZero(_ value: ValueID, in graph: Graph) -> Bool {
        guard let constant = graph.constant(value), constant.shape.elementCount == 1 else {
            return false
        }
        return constant.doubles() == [0]
    }
}
