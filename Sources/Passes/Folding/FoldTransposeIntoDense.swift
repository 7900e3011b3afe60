import GraphIR
import Tensors

/// Lets a dense layer read flattened features in the order in which they are there.
///
///     before   x [N, H, W, C] ─ Transpose to [N, C, H, W] ─ Flatten ─ Dense(w) ─ y
///     after    x ─ Flatten ─ Dense(w with columns reordered) ─ y
///
/// This is the end of every channels_first model. The flattened value must have no other use. Exact.
package struct FoldTransposeIntoDense: Pass {
    package let name = "fold-transpose-into-dense"
    package let summary = "Reorders the weights of a dense layer instead of its flattened input."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .fullyConnected = node.op, let linear = LinearNode(node, in: graph),
            let reshape = graph.soleProducer(of: node.inputs[0]), case .reshape = reshape.op,
            let transpose = graph.soleProducer(of: reshape.inputs[0]),
            case .transpose(let payload) = transpose.op, payload.permutation.first == 0
        else { return .none }
        let features = graph[transpose.output].shape.dims.dropFirst()
        let flat = graph[reshape.output].shape
        guard flat.rank == 2, Shape(Array(features)).isStatic,
            Shape(Array(features)).elementCount == flat[1], flat.canBeReshapeTarget
        else { return .none }
        let order = payload.permutation.indices.sorted {
            payload.permutation[$0] < payload.permutation[$1]
        }
        let filter = linear.filter.reshaped(Shape([linear.outputChannels] + features))
            .permuted(order).reshaped(linear.filter.shape)
        return try .replacing(node, in: graph) { patch in
            let x = try patch.add(
                Reshape(flat.dims).op, [transpose.inputs[0]], layer: reshape.layer)
            let weights = patch.constant(filter, inPlaceOf: node.inputs[1])
            return try patch.add(node.op, [x, weights] + node.inputs.dropFirst(2))
        }
    }
}
