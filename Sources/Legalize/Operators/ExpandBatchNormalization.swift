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
        guard case .batchNormalization(let payload) = node.op else { return nil }
        let parameters = node.inputs[1...].compactMap { graph.constant($0)?.doubles() }
        guard parameters.count == 4 else { return nil }
        let (gamma, beta, mean, variance) = (
            parameters[0], parameters[1], parameters[2], parameters[3]
        )
        let scale = zip(gamma, variance).map { $0 / ($1 + payload.epsilon).squareRoot() }
        let shift = zip(beta, zip(mean, scale)).map { $0 - $1.0 * $1.1 }
        let rank = graph[node.inputs[0]].shape.rank
        let shape = Shape(
            [scale.count] + [Int](repeating: 1, count: rank - 1 - payload.axis))
        return try GraphPatch.expanding(node, in: graph) { patch in
            let factors = patch.constant(Constant(scale, shape), name: "\(node.layer)/scale")
            let product = try patch.add(
                Binary(.multiply).op, [node.inputs[0], factors], layer: node.layer,
                name: "\(node.layer)/MUL")
            let terms = patch.constant(Constant(shift, shape), name: "\(node.layer)/shift")
            return try patch.add(Binary(.add).op, [product, terms], layer: node.layer)
        }
    }
}
