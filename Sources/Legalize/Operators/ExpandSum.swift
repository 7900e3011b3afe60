import GraphIR
import Targets
import Tensors

/// Spells out sums of numbers that the operator does not take.
///
///     before   x[a, n] ─ Reduce(sum, axis 1) ─ y
///     after    Reduce(mean, axis 1) · n
///
/// Requires known extents, and numbers that are not made of integers or truth values. Exact up to rounding.
struct ExpandSum: Expansion {
    let name = "expand-sum"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        let (dtype, shape) = (graph[node.inputs[0]].dtype, graph[node.inputs[0]].shape)
        guard case .reduce(var reduce) = node.op, reduce.kind == .sum,
            !target.takes(dtype, .sum), target.takes(dtype, .mean), target.takes(dtype, .mul)
        else { return nil }
        // Counts have to be exact.
        if let maker = graph.producer(of: node.inputs[0]), case .cast = maker.op { return nil }
        let extents = reduce.axes.map { shape[$0] }
        guard !extents.contains(Shape.free), !extents.contains(0) else { return nil }
        reduce.kind = .mean
        return try GraphPatch(replacing: node, in: graph) { patch in
            let mean = try patch.add(reduce.op, node.inputs, role: "MEAN")
            let count = patch.constant(
                Constant([Double(extents.reduce(1, *))], .scalar), role: "count")
            return try patch.add(Binary(.multiply).op, [mean, count])
        }
    }
}
