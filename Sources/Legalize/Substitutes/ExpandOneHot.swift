import GraphIR
import Targets
import Tensors

/// Spells out one-hot vectors for a target without an operator for them.
///
///     before   i[a, b] ─ OneHot(depth d) ─ y
///     after    i ─ Reshape[a·b, 1] ─ = [0, 1, …, d − 1] ─ Cast(float32) ─ Reshape[a, b, d] ─ y
///
/// Other values than 1 and 0 take a multiplication and an addition. Exact.
struct ExpandOneHot: Expansion {
    let name = "expand-one-hot"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .oneHot(let oneHot) = node.op, !target.has(.oneHot) else { return nil }
        let layer = node.layer
        return try GraphPatch.expanding(node, in: graph) { patch in
            var indices = node.inputs[0]
            if graph[indices].dtype != .int32 {
                indices = try patch.cast(indices, to: .int32, for: node)
            }
            let shape = graph[node.inputs[0]].shape
            let rows = shape.isStatic ? shape.elementCount : Shape.free
            let column = try patch.add(
                Reshape([rows, 1]).op, [indices], layer: layer, name: "\(layer)/column")
            let classes = patch.constant(
                Constant(Array(0..<oneHot.depth), [1, oneHot.depth]), name: "\(layer)/classes")
            let isEqual = try patch.add(
                Binary(.equal).op, [column, classes], layer: layer, name: "\(layer)/EQUAL")
            var rowsOfClasses = try patch.cast(isEqual, to: .float32, for: node)
            if oneHot.on != oneHot.off + 1 {
                rowsOfClasses = try patch.combine(
                    .multiply, rowsOfClasses, Double(oneHot.on - oneHot.off), for: node)
            }
            if oneHot.off != 0 {
                rowsOfClasses = try patch.combine(
                    .add, rowsOfClasses, Double(oneHot.off), for: node)
            }
            return try patch.reshape(
                rowsOfClasses, to: graph[node.output].shape, in: graph, layer: layer,
                role: "result")
        }
    }
}
