import GraphIR

/// Merges transpositions in a row.
///
///     before   x ─ Transpose(p) ─ Transpose(q) ─ y
///     after    x ─ Transpose(p∘q) ─ y          nothing if that is the identity
///
/// Exact.
package struct MergeTransposes: Pass {
    package let name = "merge-transposes"
    package let summary = "Merges consecutive transpositions and drops pairs that cancel."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .transpose(let second) = node.op,
            let producer = graph.producer(of: node.inputs[0]),
            case .transpose(let first) = producer.op
        else { return .none }
        let permutation = second.permutation.map { first.permutation[$0] }
        let input = producer.inputs[0]
        return try .replacing(node, in: graph) { patch in
            if permutation == Array(permutation.indices), !graph.isConstant(input) {
                return input
            }
            return try patch.add(Transpose(permutation).op, [input])
        }
    }
}
