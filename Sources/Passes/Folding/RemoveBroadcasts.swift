import GraphIR
import Tensors

/// Leaves broadcasting to the operation that does it anyway.
///
///     before   x [1, 1, C] ─ Tile to [1, T, C] ─ + z [1, T, C] ─ y
///     after    x ─ + z ─ y
///
///     before   x [1, T, C] ─ Reshape [1, 1, T, C] ─ + z [1, S, 1, C] ─ y
///     after    x ─ + z ─ y
///
/// Exact. Requires that only axes of extent 1 are repeated, or inserted in front, and that the result keeps its shape.
package struct RemoveBroadcasts: Pass {
    package let name = "remove-broadcasts"
    package let summary =
        "Removes tiling, broadcasting and unit axes in front before operations that broadcast."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .binary = node.op else { return .none }
        for (position, input) in node.inputs.enumerated() {
            guard let producer = graph.producer(of: input),
                let source = broadcastSource(producer, in: graph)
            else { continue }
            var inputs = node.inputs
            inputs[position] = source
            let types = try node.op.outputTypes(for: inputs.map { graph[$0].type })
            guard types == [graph[node.output].type] else { continue }
            return try .replacing(node, in: graph) { try $0.add(node.op, inputs) }
        }
        return .none
    }

    private func broadcastSource(_ producer: Node, in graph: Graph) -> ValueID? {
        let input = producer.inputs[0]
        if case .broadcast = producer.op { return input }
        if case .reshape = producer.op {
            let (from, to) = (graph[input].shape.dims, graph[producer.output].shape.dims)
            let isInFront = from.count < to.count && from.drop { $0 == 1 } == to.drop { $0 == 1 }
            return isInFront && !graph.isConstant(input) ? input : nil
        }
        guard case .tile(let payload) = producer.op else { return nil }
        let repeatsUnitAxes = zip(graph[input].shape.dims, payload.multiples).allSatisfy {
            $0 == 1 || $1 == 1
        }
        return repeatsUnitAxes ? input : nil
    }
}
