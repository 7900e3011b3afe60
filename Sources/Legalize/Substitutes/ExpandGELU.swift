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
        return try GraphPatch(replacing: node, in: graph) { patch in
            let inner = try polynomial(x, isApproximate: gelu.approximate, patch)
            let gate = try patch.binary(.add, patch.unary(.tanh, patch.multiply(x, inner)), 1)
            return try patch.multiply(patch.binary(.multiply, x, 0.5), gate)
        }
    }

    /// The sum a + b·u + c·u².
    private func polynomial(
        _ x: ValueID, isApproximate: Bool, _ patch: PatchWriter
    ) throws -> ValueID {
        let square = try patch.multiply(x, x)
        if isApproximate {
            let slope = (2 / Double.pi).squareRoot()
            return try patch.binary(
                .add, patch.binary(.multiply, square, 0.044715 * slope), slope)
        }
        let limited = try patch.binary(.minimum, square, 64)
        return try patch.polynomial(limited, [0.797507884, 3.70056462e-2, -3.51516809e-4])
    }
}
