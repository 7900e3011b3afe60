import GraphIR
import Targets
import Tensors

/// Spells out a batch normalization that no pass has taken up.
///
///     before   x ─ BatchNormalization(γ, β, μ, σ²) ─ y
///     after    x ─ · k ─ + (β − μ·k) ─ y        k = γ/√(σ² + ε)
///
/// Requires constant statistics. Exact up to rounding.
struct ExpandBatchNormalization: Expansion {
    let name = "expand-batch-normalization"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .batchNormalization(let payload) = node.op,
            let (scale, shift) = payload.scaleAndShift(
                node.inputs[1...].compactMap { graph.constant($0)?.doubles() })
        else { return nil }
        let rank = graph[node.inputs[0]].shape.rank
        let shape = Shape(
            [scale.count] + [Int](repeating: 1, count: rank - 1 - payload.axis))
        return try GraphPatch(replacing: node, in: graph) { patch in
            let factors = patch.constant(Constant(scale, shape), role: "scale")
            let product = try patch.add(
                Binary(.multiply).op, [node.inputs[0], factors], role: "MUL")
            let terms = patch.constant(Constant(shift, shape), role: "shift")
            return try patch.add(Binary(.add).op, [product, terms])
        }
    }
}
