import GraphIR
import Tensors

/// Computes powers with constant exponents by operators that runtimes are fast at.
///
///     before   x ^ 2 ─ y          x ^ 0.5 ─ y      x ^ −0.5 ─ y      x ^ −1 ─ y
///     after    x ─ Square ─ y     x ─ Sqrt ─ y     x ─ Rsqrt ─ y     1 / x ─ y
///
/// Exact up to rounding, except that the roots of −0 and −∞, and what is divided by them, have other signs or are NaN.
package struct RecognizePowers: Pass {
    package let name = "recognize-powers"
    package let summary =
        "Turns powers with exponents 2, ½, −½ and −1 into squares, roots and quotients."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .binary(let binary) = node.op, binary.kind == .power,
            binary.activation == .none, graph[node.output].dtype == .float32,
            graph[node.inputs[0]].type == graph[node.output].type,
            let exponent = graph.uniformConstant(node.inputs[1])
        else { return .none }
        let x = node.inputs[0]
        let roots: [Double: Unary.Kind] = [2: .square, 0.5: .sqrt, -0.5: .rsqrt]
        if let kind = roots[exponent] {
            return try .replacing(node, in: graph) { try $0.add(Unary(kind).op, [x]) }
        }
        guard exponent == -1 else { return .none }
        return try .replacing(node, in: graph) {
            try $0.add(Binary(.divide).op, [$0.scalar(1, like: x, role: "one"), x])
        }
    }
}
