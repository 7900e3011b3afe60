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
        return try GraphPatch.expanding(node, in: graph) { patch in
            let power = try magnitude(
                exponent == exponent.rounded() ? abs(exponent) : exponent, node, &patch)
            guard exponent < 0, exponent == exponent.rounded() else { return power }
            let one = patch.constant(Constant([1.0], .scalar), name: "\(node.layer)/one")
            return try patch.add(Binary(.divide).op, [one, power], layer: node.layer)
        }
    }

    private func magnitude(
        _ exponent: Double, _ node: Node, _ patch: inout GraphPatch
    ) throws -> ValueID {
        let (x, layer) = (node.inputs[0], node.layer)
        if exponent == 0.5 {
            return try patch.add(Unary(.sqrt).op, [x], layer: layer)
        }
        if exponent == -0.5 {
            return try patch.add(Unary(.rsqrt).op, [x], layer: layer)
        }
        guard exponent == exponent.rounded() else {
            let log = try patch.add(Unary(.log).op, [x], layer: layer, name: "\(layer)/LOG")
            let scaled = try patch.combine(.multiply, log, exponent, for: node)
            return try patch.add(Unary(.exp).op, [scaled], layer: layer)
        }
        var (result, square, rest) = (ValueID?.none, x, Int(exponent))
        while true {
            if rest % 2 == 1 {
                result =
                    try result.map {
                        try patch.add(
                            Binary(.multiply).op, [$0, square], layer: layer, name: "\(layer)/MUL")
                    } ?? square
            }
            rest /= 2
            if rest == 0 { break }
            square = try patch.add(
                Binary(.multiply).op, [square, square], layer: layer, name: "\(layer)/square")
        }
        return result ?? x
    }
}
