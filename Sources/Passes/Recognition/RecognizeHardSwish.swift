import GraphIR

/// Finds x · relu6(x + 3) / 6 in its spellings.
///
///     before   x ─ + 3 ─ ReLU6 ─ · 1/6 ─ · x ─ y
///     after    x ─ HardSwish ─ y
///
/// The factor may stand anywhere or be a division by 6, and the clamp may be that of x/6 + ½ to [0, 1]. Exact up to rounding.
package struct RecognizeHardSwish: Pass {
    package let name = "recognize-hard-swish"
    package let summary = "Turns x · relu6(x + 3) / 6 into HardSwish."

    package init() {}

    package func rewrite(
        _ node: Node, in graph: Graph, _ context: PassContext
    ) throws -> Outcome {
        guard case .binary = node.op, graph[node.output].dtype == .float32 else { return .none }
        let product = Self.factors(of: node.output, in: graph)
        guard product.tensors.count == 2 else { return .none }
        for (x, gate) in [
            (product.tensors[0], product.tensors[1]), (product.tensors[1], product.tensors[0]),
        ] {
            guard let clamp = graph.producer(of: gate), case .unary(let unary) = clamp.op,
                matches(unary.kind, factor: product.factor),
                shifted(clamp.inputs[0], unary.kind, in: graph) == x,
                graph[x].type == graph[node.output].type
            else { continue }
            return try .replacing(node, in: graph) { patch in
                try patch.add(Unary(.hardSwish).op, [x], layer: node.layer)
            }
        }
        return .none
    }

    private func matches(_ kind: Unary.Kind, factor: Double) -> Bool {
        switch kind {
        case .relu6: abs(factor * 6 - 1) < 1e-6
        case .relu0To1: factor == 1
        default: false
        }
    }

    /// x if the value is x + 3 (for ReLU6) or x/6 + ½ (for the clamp to [0, 1]).
    private func shifted(_ value: ValueID, _ kind: Unary.Kind, in graph: Graph) -> ValueID? {
        let (scale, shift) = kind == .relu6 ? (1.0, 3.0) : (1.0 / 6, 0.5)
        var function = Affine(scale: [1], shift: [0])
        var value = value
        for _ in 0..<2 {
            guard let node = graph.producer(of: value), let affine = AffineNode(node, in: graph),
                affine.axis == nil, let inner = affine.function(in: graph)
            else { return nil }
            function = inner.then(function)
            value = affine.input
            if abs(function.scale[0] - scale) < 1e-6, abs(function.shift[0] - shift) < 1e-6 {
                return value
            }
        }
        return nil
    }

    /// The tensors and the constant factor that multiply to a value, looking through at most a few operations.
    private static func factors(
        of value: ValueID, in graph: Graph, depth: Int = 3
    ) -> (tensors: [ValueID], factor: Double) {
        guard depth > 0, let node = graph.producer(of: value), case .binary(let payload) = node.op,
            payload.activation == .none, payload.kind == .multiply || payload.kind == .divide
        else { return ([value], 1) }
        if let operands = graph.splitConstant(node) {
            guard let number = graph.uniformConstant(operands.constant),
                payload.kind == .multiply || !operands.isFirst,
                graph[operands.variable].type == graph[value].type
            else { return ([value], 1) }
            let inner = factors(of: operands.variable, in: graph, depth: depth - 1)
            let factor = payload.kind == .multiply ? number : 1 / number
            return (inner.tensors, inner.factor * factor)
        }
        guard payload.kind == .multiply else { return ([value], 1) }
        let parts = node.inputs.map { factors(of: $0, in: graph, depth: depth - 1) }
        return (parts.flatMap(\.tensors), parts.map(\.factor).reduce(1, *))
    }
}
