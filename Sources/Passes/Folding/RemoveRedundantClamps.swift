import GraphIR

/// Removes a clamp whose input lies in its range already.
///
///     before   x ─ ReLU6 ─ MaxPool ─ ReLU ─ y
///     after    x ─ ReLU6 ─ MaxPool ─ y
///
/// Exact.
package struct RemoveRedundantClamps: Pass {
    package let name = "remove-redundant-clamps"
    package let summary = "Removes ReLUs whose input is in their range already."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .unary(let payload) = node.op else { return .none }
        let range: ClosedRange<Double>
        switch payload.kind {
        case .relu, .abs: range = 0...(.infinity)
        case .relu6: range = 0...6
        case .reluN1To1: range = -1...1
        case .relu0To1: range = 0...1
        default: return .none
        }
        let input = graph.range(of: node.inputs[0])
        guard range.lowerBound <= input.lowerBound, input.upperBound <= range.upperBound else {
            return .none
        }
        return .replacing(node, in: graph) { _ in node.inputs[0] }
    }
}
