import GraphIR
import Tensors

/// Turns a pool of one element, which the delegate of the runtime refuses, into a depthwise convolution.
///
///     before   x ─ MaxPool(1×1, stride 2) ─ y
///     after    x ─ DepthwiseConv2D(1×1 of ones, stride 2) ─ y
///
/// Exact.
package struct RewriteUnitPools: Pass {
    package let name = "rewrite-unit-pools"
    package let summary = "Turns strided 1×1 pools into 1×1 depthwise convolutions."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let pool = node.unitPool, graph[node.output].dtype == .float32 else { return .none }
        let channels = graph[node.output].shape[3]
        guard channels != Shape.free else { return .none }
        return try .replacing(node, in: graph) { patch in
            let ones = patch.constant(.filled(1, [1, 1, 1, channels]), role: "ones")
            return try patch.add(DepthwiseConv2D(strides: pool.strides).op, [node.inputs[0], ones])
        }
    }
}
