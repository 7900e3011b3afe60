import GraphIR
import Targets
import Tensors

/// Spells out powers with a constant exponent for a target without an operator for them.
///
///     before   power(x, n)
///     after    x · x · … for whole n up to 8, √x for ½, 1/√x for −½, 1/… for negative n, exp(n · log x) for others
///
/// A whole exponent beyond 8 and one that varies are left: log x is NaN for negative x. Exact up to rounding.
struct ExpandPower: Expansion {
    let name = "expand-power"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .binary(let binary) = node.op, binary.kind == .power, !target.has(.pow),
            let constant = graph.constant(node.inputs[1]), constant.dtype == .float32,
            let exponent = constant.scalarValue, exponent != 0,
            graph[node.output].shape == graph[node.inputs[0]].shape,
            exponent != exponent.rounded() || abs(exponent) <= 8
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            let isWhole = exponent == exponent.rounded()
            let power = try magnitude(
                of: node.inputs[0], isWhole ? abs(exponent) : exponent, patch)
            guard exponent < 0, isWhole else { return power }
            return try patch.divide(patch.scalar(1, like: power), power)
        }
    }

    private func magnitude(
        of x: ValueID, _ exponent: Double, _ patch: PatchWriter
    ) throws -> ValueID {
        if exponent == 0.5 { return try patch.unary(.sqrt, x) }
        if exponent == -0.5 { return try patch.unary(.rsqrt, x) }
        guard exponent == exponent.rounded() else {
            return try patch.unary(.exp, patch.binary(.multiply, patch.unary(.log, x), exponent))
        }
        var (result, square, rest) = (ValueID?.none, x, Int(exponent))
        while true {
            if rest % 2 == 1 {
                result = try result.map { try patch.multiply($0, square) } ?? square
            }
            rest /= 2
            if rest == 0 { break }
            square = try patch.multiply(square, square)
        }
        return result ?? x
    }
}
