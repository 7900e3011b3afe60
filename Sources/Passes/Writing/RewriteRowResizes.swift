import GraphIR
import Tensors

/// Repeats the rows of sequences by picking them instead of resizing images.
///
///     before   x [N, L, C] ─ Reshape [N, 1, L, C] ─ Resize(nearest, 1 × k·L) ─ Reshape [N, k·L, C] ─ y
///     after    x ─ Gather(0, 0, 1, 1, …) ─ y
///
/// The image may be a column instead of a row, and x have any other shape, which is reshaped first. Requires the lengths to be
/// known, the factor to be whole, the values between to have no other use, and few indices. Exact.
package struct RewriteRowResizes: Pass {
    package let name = "rewrite-row-resizes"
    package let summary = "Repeats the rows of sequences by picking them."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .reshape = node.op, let resizing = graph.soleProducer(of: node.inputs[0]),
            case .resize(let resize) = resizing.op, resize.kind == .nearest,
            resize.coordinates != .alignCorners,
            let reshaping = graph.soleProducer(of: resizing.inputs[0]),
            case .reshape = reshaping.op
        else { return .none }
        let (image, larger) = (graph[reshaping.output].shape, graph[resizing.output].shape)
        let y = graph[node.output].shape
        guard y.rank == 3,
            let unit = [1, 2].first(where: {
                larger == y.inserting(1, at: $0) && image[$0] == 1
            })
        else { return .none }
        let length = image[3 - unit]
        guard length > 0, y[1] % length == 0,
            TensorType(.int32, [y[1]]).byteCount <= context.budget.operatorBytes
        else { return .none }
        let (rows, factor) = (Shape([y[0], length, y[2]]), y[1] / length)
        guard rows.canBeReshapeTarget else { return .none }
        return try .replacing(node, in: graph) { patch in
            var x = reshaping.inputs[0]
            if graph[x].shape != rows {
                x = try patch.add(Reshape(rows.dims).op, [x], layer: resizing.layer)
            }
            let indices = patch.onBehalf(of: resizing.layer) {
                patch.constant(Constant((0..<y[1]).map { $0 / factor }, [y[1]]), role: "rows")
            }
            return try patch.add(.gather(Gather(axis: 1)), [x, indices])
        }
    }
}

extension Shape {
    /// The shape with one more axis.
    fileprivate func inserting(_ extent: Int, at axis: Int) -> Shape {
        var dims = dims
        dims.insert(extent, at: axis)
        return Shape(dims)
    }
}
