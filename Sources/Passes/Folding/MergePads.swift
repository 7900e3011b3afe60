import GraphIR

/// Merges borders of one value.
///
///     before   x ─ Pad(a) ─ Pad(b) ─ y
///     after    x ─ Pad(a + b) ─ y
///
/// Exact.
package struct MergePads: Pass {
    package let name = "merge-pads"
    package let summary = "Merges consecutive paddings with one value."

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard case .pad(let second) = node.op,
            let producer = graph.soleProducer(of: node.inputs[0]),
            case .pad(let first) = producer.op, first.value == second.value
        else { return nil }
        let amounts = zip(first.amounts, second.amounts).map { [$0[0] + $1[0], $0[1] + $1[1]] }
        return try GraphPatch.replacing(node, in: graph) { patch in
            try patch.add(
                Pad(amounts, value: first.value).op, producer.inputs, layer: node.layer)
        }
    }
}
