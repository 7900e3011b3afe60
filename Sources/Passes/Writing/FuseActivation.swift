import GraphIR
import Tensors

/// Lets an operator clamp its own result.
///
///     before   x ─ Conv2D ─ ReLU6 ─ y
///     after    x ─ Conv2D {relu6} ─ y
///
/// Works for ReLU, ReLU6 and the clamp to [−1, 1] behind convolutions, dense layers, pools, additions, subtractions, multiplications and
/// divisions: the operators whose clamp the runtime honours. The result of the operator must have no other use. Exact.
package struct FuseActivation: Pass {
    package let name = "fuse-activation"
    package let summary = "Fuses ReLU, ReLU6 and clamps into the operators before them."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .unary(let unary) = node.op, let clamp = Clamp(unary.kind),
            let producer = graph.soleProducer(of: node.inputs[0]),
            let present = producer.op.activation, let clamped = present.then(clamp),
            let fused = producer.op.clamping(to: clamped), graph[node.output].dtype == .float32
        else { return .none }
        return try .replacing(node, in: graph) { patch in
            try patch.add(fused, producer.inputs, layer: producer.layer)
        }
    }
}
