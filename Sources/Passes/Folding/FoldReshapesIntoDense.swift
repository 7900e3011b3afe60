import GraphIR

/// Lets a dense layer work along the last axis of what was flattened for it.
///
///     before   x [N, T, C] ─ Reshape [N·T, C] ─ Dense ─ Reshape [N, T, D] ─ y
///     after    x ─ Dense ─ y
///
/// The result between has no other use. Exact.
package struct FoldReshapesIntoDense: Pass {
    package let name = "fold-reshapes-into-dense"
    package let summary = "Removes reshapes around dense layers that work along the last axis."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .reshape = node.op, let dense = graph.soleProducer(of: node.inputs[0]),
            case .fullyConnected = dense.op,
            let reshape = graph.producer(of: dense.inputs[0]), case .reshape = reshape.op
        else { return .none }
        let source = graph[reshape.inputs[0]].shape
        let (flat, made) = (graph[reshape.output].shape, graph[dense.output].shape)
        let result = graph[node.output].shape
        guard source.rank > 1, source.rank == result.rank, flat.rank > 1,
            source.dims.dropLast() == result.dims.dropLast(), source[-1] == flat[-1],
            made[-1] == result[-1], source.canBeReshapeTarget
        else { return .none }
        return try .replacing(node, in: graph) { patch in
            try patch.copy(dense, inputs: [reshape.inputs[0]] + dense.inputs.dropFirst())
        }
    }
}
