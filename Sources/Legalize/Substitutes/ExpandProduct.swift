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
        guard shape.isStatic, (1...longestAxis).contains(shape[axis]) else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            func factor(_ position: Int) throws -> ValueID {
                try patch.slice(node.inputs[0], axis: axis, from: position, count: 1)
            }
            let product = try (1..<shape[axis]).reduce(factor(0)) {
                try patch.multiply($0, factor($1))
            }
            return try patch.reshape(product, to: graph[node.output].shape, role: "result")
        }
    }
}
