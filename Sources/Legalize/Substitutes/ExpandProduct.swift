import GraphIR
import Targets
import Tensors

/// Spells out products along one short axis for a target without an operator for them.
///
///     before   x[a, 3] ─ Reduce(product, axis 1) ─ y
///     after    x[:, 0] · x[:, 1] · x[:, 2]
///
/// Exact up to the order of the factors.
struct ExpandProduct: Expansion {
    let name = "expand-product"
    /// More operators than this are not a substitute any more.
    private let longestAxis = 64

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .reduce(let reduce) = node.op, reduce.kind == .product,
            !target.has(.reduceProd), reduce.axes.count == 1
        else { return nil }
        let shape = graph[node.inputs[0]].shape
        let axis = reduce.axes[0] < 0 ? reduce.axes[0] + shape.rank : reduce.axes[0]
        guard shape.isStatic, shape[axis] <= longestAxis else { return nil }
        return try GraphPatch.expanding(node, in: graph) { patch in
            var begin = [Int](repeating: 0, count: shape.rank)
            var sizes = shape.dims
            sizes[axis] = 1
            var product: ValueID?
            for position in 0..<shape[axis] {
                begin[axis] = position
                let factor = try patch.add(
                    Slice(begin: begin, sizes: sizes).op, node.inputs, layer: node.layer,
                    name: "\(node.layer)/SLICE")
                product =
                    try product.map {
                        try patch.add(
                            Binary(.multiply).op, [$0, factor], layer: node.layer,
                            name: "\(node.layer)/MUL")
                    } ?? factor
            }
            return try patch.reshape(
                product ?? node.inputs[0], to: graph[node.output].shape, in: graph,
                layer: node.layer, role: "result")
        }
    }
}
