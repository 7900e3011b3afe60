import GraphIR
import Targets
import Tensors

/// Spells out GELU for a target without an operator for it.
///
///     before   x ─ GELU ─ y
///     after    y = ½·x·(1 + tanh(x·(a + b·u + c·u²)))        u = x²
///
/// The approximate form of Keras has a = √(2/π), b = 0.044715·a and c = 0; it is exact up to rounding. For the form with
/// erf, a, b and c are the best fit, with u limited to 64, beyond which tanh is 1; the largest difference is 2.6e-5.
struct ExpandGELU: Expansion {
    let name = "expand-gelu"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .gelu(let gelu) = node.op, !target.has(.gelu) else { return nil }
        let x = node.inputs[0]
        return try GraphPatch.expanding(node, in: graph) { patch in
            let inner = try polynomial(x, isApproximate: gelu.approximate, node, &patch)
            let argument = try patch.add(
                Binary(.multiply).op, [x, inner], layer: node.layer, name: "\(node.layer)/argument")
            let tanh = try patch.add(
                Unary(.tanh).op, [argument], layer: node.layer, name: "\(node.layer)/TANH")
            let gate = try patch.combine(.add, tanh, 1, for: node)
            let half = try patch.combine(.multiply, x, 0.5, for: node)
            return try patch.add(Binary(.multiply).op, [half, gate], layer: node.layer)
        }
    }

    /// The sum a + b·u + c·u².
    private func polynomial(
        _ x: ValueID, isApproximate: Bool, _ node: Node, _ patch: inout GraphPatch
    ) throws -> ValueID {
        let square = try patch.add(
            Binary(.multiply).op, [x, x], layer: node.layer, name: "\(node.layer)/square")
        if isApproximate {
            let slope = (2 / Double.pi).squareRoot()
            let term = try patch.combine(.multiply, square, 0.044715 * slope, for: node)
            return try patch.combine(.add, term, slope, for: node)
        }
        let limited = try patch.combine(.minimum, square, 64, for: node)
        let high = try patch.combine(.multiply, limited, -3.51516809e-4, for: node)
        let middle = try patch.combine(.add, high, 3.70056462e-2, for: node)
        let term = try patch.add(
            Binary(.multiply).op, [limited, middle], layer: node.layer, name: "\(node.layer)/term")
        return try patch.combine(.add, term, 0.797507884, for: node)
    }
}
