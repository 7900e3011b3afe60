import GraphIR

/// Finds ReLU, ReLU6 and the clamp to [−1, 1] spelled with minimum and maximum.
///
///     before   x ─ max(·, 0) ─ min(·, 6) ─ y        x ─ ReLU ─ min(·, 6) ─ y
///     after    x ─ ReLU6 ─ y
///
/// Only clamps that every delegate runs and operators can fuse. Exact.
package struct RecognizeClamps: Pass {
    package let name = "recognize-clamps"
    package let summary = "Turns minimum and maximum with constants into ReLU, ReLU6 and clamps."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard graph[node.output].dtype == .float32,
            let outer = Bound(node, in: graph), outer.changesSomething
        else { return .none }
        let inner = graph.producer(of: outer.input).flatMap { Bound($0, in: graph) }
        for bound in [inner?.then(outer), outer].compactMap({ $0 }) {
            guard let kind = kind(bound.low, bound.high),
                graph[bound.input].type == graph[node.output].type
            else { continue }
            return try .replacing(node, in: graph) { try $0.add(Unary(kind).op, [bound.input]) }
        }
        return .none
    }

    private func kind(_ low: Double, _ high: Double) -> Unary.Kind? {
        switch (low, high) {
        case (0, .infinity): .relu
        case (0, 6): .relu6
        case (-1, 1): .reluN1To1
        default: nil
        }
    }
}

/// A node that clamps its input to [low, high].
private struct Bound {
    let input: ValueID
    var low = -Double.infinity
    var high = Double.infinity
    /// Whether the node is not a ReLU already.
    let changesSomething: Bool

    init?(_ node: Node, in graph: Graph) {
        if case .unary(let payload) = node.op {
            switch payload.kind {
            case .relu: low = 0
            case .relu6: (low, high) = (0, 6)
            default: return nil
            }
            (input, changesSomething) = (node.inputs[0], false)
        } else if case .binary(let payload) = node.op {
            guard payload.kind == .minimum || payload.kind == .maximum,
                let operands = graph.splitConstant(node),
                let value = graph.uniformConstant(operands.constant)
            else { return nil }
            if payload.kind == .minimum { high = value } else { low = value }
            (input, changesSomething) = (operands.variable, true)
        } else {
            return nil
        }
    }

    /// This clamp followed by another.
    func then(_ next: Bound) -> Bound {
        var result = self
        result.low = Swift.min(Swift.max(low, next.low), next.high)
        result.high = Swift.max(Swift.min(high, next.high), next.low)
        return result
    }
}
