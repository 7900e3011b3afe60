import GraphIR
import Targets
import Tensors

/// Spells out the angle of a point for a target without an operator for it.
///
///     before   y, x ─ arcTangent ─ angle
///     after    angle = atan(y / x), turned by ±π if x < 0, and 0 at the origin
///
/// So are points of free extents whose coordinates broadcast, since the operator takes two operands of one shape. `atan` is a polynomial
/// (`GraphWriter.arcTangent`); exact up to rounding.
struct ExpandArcTangent: Expansion {
    let name = "expand-arc-tangent"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .binary(let binary) = node.op, binary.kind == .arcTangent else { return nil }
        let (y, x) = (node.inputs[0], node.inputs[1])
        let shape = graph[node.output].shape
        let repeats = graph[y].shape != shape || graph[x].shape != shape
        guard !target.has(.atan2) || (repeats && !shape.isStatic) else { return nil }
        let writer = PatchWriter(for: node, in: graph)
        let zero = writer.scalar(0, like: x)
        let turn = try writer.select(
            writer.binary(.greaterEqual, y, 0), writer.scalar(.pi, like: x),
            writer.scalar(-.pi, like: x))
        let angle = try writer.add(
            writer.arcTangent(writer.divide(y, x)),
            writer.select(writer.binary(.less, x, 0), turn, zero))
        let isOrigin = try writer.binary(
            .logicalAnd, writer.binary(.equal, x, 0), writer.binary(.equal, y, 0))
        return writer.replacing(node, by: try writer.select(isOrigin, zero, angle))
    }
}
