import GraphIR

/// Merges transpositions in a row.
///
///     before   x ─ Transpose(p) ─ Transpose(q) ─ y
///     after    x ─ Transpose(p∘q) ─ y          nothing where that is the identity
///
/// Exact.
package struct MergeTransposes: Pass {
    package let name = "merge-transposes"
    package let summary = "Merges consecutive transpositions and drops pairs that cancel."

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard case .transpose(let second) = node.op,
            let producer = graph.producer(of: node.inputs[0]),
            case .transpose(let first) = producer.op
        else { return nil }
        let permutation = second.permutation.map { first.permutation[$0] }
        let input = producer.inputs[0]
        return try GraphPatch.replacing(node, in: graph) { patch in
            if permutation == Array(permutation.indices), !graph.isConstant(input) {
                return input
            }
            return try patch.add(Transpose(permutation).op, [input], layer: node.layer)
        }
    }
}
