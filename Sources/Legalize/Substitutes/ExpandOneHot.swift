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
        return try GraphPatch(replacing: node, in: graph) { patch in
            let indices = try patch.cast(node.inputs[0], to: .int32)
            let shape = graph[node.inputs[0]].shape
            let rows = shape.isStatic ? shape.elementCount : Shape.free
            let column = try patch.add(Reshape([rows, 1]).op, [indices], role: "column")
            let classes = patch.constant(
                Constant(Array(0..<oneHot.depth), [1, oneHot.depth]), role: "classes")
            var rowsOfClasses = try patch.cast(
                patch.binary(.equal, column, classes), to: .float32)
            if oneHot.on != oneHot.off + 1 {
                rowsOfClasses = try patch.binary(
                    .multiply, rowsOfClasses, Double(oneHot.on - oneHot.off))
            }
            if oneHot.off != 0 {
                rowsOfClasses = try patch.binary(.add, rowsOfClasses, Double(oneHot.off))
            }
            return try patch.reshape(rowsOfClasses, to: graph[node.output].shape, role: "result")
        }
    }
}
