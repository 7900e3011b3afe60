import GraphIR

/// Merges two affine functions in a row.
///
///     before   x ─ · a ─ + b ─ y            x ─ BatchNormalization ─ · a ─ y
///     after    x ─ BatchNormalization ─ y    x ─ BatchNormalization ─ y
///
/// The result is an addition or a multiplication if that is enough. Requires the value between to have no other use and
/// the functions to vary along the same axis. Exact up to rounding.
package struct MergeScaleAndShift: Pass {
    package let name = "merge-scale-and-shift"
    package let summary = "Merges consecutive scalings and shifts by constants."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let second = AffineNode(node, in: graph),
            let producer = graph.soleProducer(of: second.input),
            let first = AffineNode(producer, in: graph),
            first.axis == nil || second.axis == nil || first.axis == second.axis,
            let axis = first.axis ?? second.axis ?? graph[node.output].shape.dims.indices.last,
            graph[node.output].shape.dims[axis] > 0,
            let inner = first.function(in: graph), let outer = second.function(in: graph)
        else { return .none }
        let merged = inner.then(outer)
        guard merged.isFinite else { return .none }
        return try .replacing(node, in: graph) { patch in
            try patch.onBehalf(of: first.isBatchNormalization ? producer.layer : node.layer) {
                try patch.addAffine(merged, axis: axis, to: first.input)
            }
        }
    }
}
