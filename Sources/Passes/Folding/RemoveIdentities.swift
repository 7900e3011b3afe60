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

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard let input = identicalInput(of: node, in: graph),
            graph[input].type == graph[node.output].type, !graph.isConstant(input)
        else { return nil }
        return GraphPatch.replacing(node, in: graph) { _ in input }
    }

    private func identicalInput(of node: Node, in graph: Graph) -> ValueID? {
        let input = node.inputs[0]
        let sameType = graph[input].type == graph[node.output].type
        switch node.op {
        case .binary(let payload):
            return operandLeftAlone(by: payload, node, in: graph)
        case .reshape:
            return sameType && graph[input].shape.canBeReshapeTarget ? input : nil
        case .cast, .broadcast, .tile, .concatenate:
            return sameType && node.inputs.count == 1 ? input : nil
        case .transpose(let payload):
            return payload.permutation == Array(payload.permutation.indices) ? input : nil
        case .pad(let payload):
            return payload.amounts.allSatisfy { $0 == [0, 0] } ? input : nil
        case .mirrorPad(let payload):
            return payload.amounts.allSatisfy { $0 == [0, 0] } ? input : nil
        case .slice(let payload):
            let takesAll = zip(payload.sizes, graph[input].shape.dims).allSatisfy {
                $0 == -1 || $0 == $1
            }
            let isWhole = payload.begin.allSatisfy { $0 == 0 }
            return takesAll && isWhole && payload.strides.allSatisfy { $0 == 1 } ? input : nil
        case .pool2D(let payload):
            let isPoint = payload.window == .one && payload.strides == .one
            return isPoint && payload.activation == .none ? input : nil
        case .resize(let payload):
            let own = payload.enlarges ? [1, 1] : Array(graph[input].shape.dims[1...2])
            return [payload.size.height, payload.size.width] == own ? input : nil
        case .reverse(let payload):
            return payload.axes.allSatisfy { graph[input].shape[$0] == 1 } ? input : nil
        default: return nil
        }
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
