import GraphIR
import Tensors

/// Removes operations that give their input back.
///
///     before   x ─ + 0 ─ · 1 ─ Reshape to its own shape ─ y
///     after    x = y
///
/// These are: adding and subtracting 0, multiplying and dividing by 1, reshapes, casts and broadcasts to the type at hand,
/// transposition into the same order, padding by nothing, slices of everything, tiles of one, concatenations of one, pools and
/// resizes that keep every element, reductions over nothing. Exact.
package struct RemoveIdentities: Pass {
    package let name = "remove-identities"
    package let summary = "Removes operations that give their input back."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard node.outputs.count == 1, let input = identicalInput(of: node, in: graph),
            graph[input].type == graph[node.output].type, !graph.isConstant(input)
        else { return .none }
        return .replacing(node, in: graph) { _ in input }
    }

    private func identicalInput(of node: Node, in graph: Graph) -> ValueID? {
        if case .binary(let payload) = node.op {
            return operandLeftAlone(by: payload, node, in: graph)
        }
        guard let input = node.inputs.first, graph[input].type == graph[node.output].type,
            node.op.payload.isIdentity(on: graph.types(of: node.inputs))
        else { return nil }
        return input
    }

    /// The operand that a binary operation returns because the other one is neutral.
    private func operandLeftAlone(by payload: Binary, _ node: Node, in graph: Graph) -> ValueID? {
        guard payload.activation == .none, let operands = graph.splitConstant(node),
            let neutral = neutralElement(of: payload.kind, first: operands.isFirst),
            graph.uniformConstant(operands.constant) == neutral
        else { return nil }
        return operands.variable
    }

    private func neutralElement(of kind: Binary.Kind, first: Bool) -> Double? {
        switch kind {
        case .add: 0
        case .multiply: 1
        case .subtract where !first: 0
        case .divide where !first, .power where !first: 1
        default: nil
        }
    }
}
