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

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .pad(let second) = node.op,
            let producer = graph.soleProducer(of: node.inputs[0]),
            case .pad(let first) = producer.op, first.value == second.value
        else { return .none }
        let amounts = zip(first.amounts, second.amounts).map {
            PadAmount($0.before + $1.before, $0.after + $1.after)
        }
        return try .replacing(node, in: graph) { patch in
            try patch.add(Pad(amounts, value: first.value).op, producer.inputs)
        }
    }
}
