import GraphIR
import Tensors

/// Computes once what is computed several times.
///
///     before   x ─ ReLU ─ y    x ─ ReLU ─ z
///     after    x ─ ReLU ─ y = z
///
/// Operations are equal if their attributes and inputs are; constants are equal if they show the same stored elements
/// or, if they are small, have equal elements. Exact.
package struct MergeCommonSubexpressions: Pass {
    package let name = "merge-common-subexpressions"
    package let summary = "Computes equal operations on equal inputs once."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let variable = node.inputs.first(where: { !graph.isConstant($0) }) else {
            return .none
        }
        guard graph.hasSeveralReaders(variable) else {
            // Another reader may come in this very sweep, once its input is merged with this one.
            context.sweep.add(node.id, as: variable)
            return .none
        }
        let key = Key(node, in: graph)
        let candidates = try context.sweep.nodes(like: key) + context.sweep.nodes(like: variable)
        let same = candidates.lazy.compactMap { graph.node($0) }.first {
            $0.id != node.id && isSame($0, node, in: graph)
        }
        guard let same else {
            context.sweep.add(node.id, as: key)
            return .none
        }
        let replacements = zip(node.outputs, same.outputs).filter { graph.useCount(of: $0.0) > 0 }
        return replacements.isEmpty ? .none : .patch(GraphPatch(replacements))
    }

    private func isSame(_ a: Node, _ b: Node, in graph: Graph) -> Bool {
        a.op == b.op && a.inputs.count == b.inputs.count
            && zip(a.inputs, b.inputs).allSatisfy { isSame($0, $1, in: graph) }
    }

    private func isSame(_ a: ValueID, _ b: ValueID, in graph: Graph) -> Bool {
        if a == b { return true }
        guard let first = graph.constant(a), let second = graph.constant(b),
            graph[a].type == graph[b].type
        else { return false }
        if first.view == second.view { return true }
        return first.isSmall && first.doubles() == second.doubles()
    }

    /// What equal nodes have in common, and others hardly ever.
    private struct Key: Hashable {
        private let op: Op
        private let inputs: [Input]

        private enum Input: Hashable {
            case value(ValueID)
            case elements([Double])
            case view(ConstantView)
        }

        init(_ node: Node, in graph: Graph) {
            op = node.op
            inputs = node.inputs.map { input in
                guard let constant = graph.constant(input) else { return .value(input) }
                return constant.isSmall ? .elements(constant.doubles()) : .view(constant.view)
            }
        }
    }
}

extension Constant {
    /// Whether there are so few elements that they are compared.
    fileprivate var isSmall: Bool { shape.elementCount <= 64 }
}
