import GraphIR
import Tensors

/// Leaves broadcasting to the operation that does it anyway.
///
///     before   x [1, 1, C] ─ Tile to [1, T, C] ─ + z [1, T, C] ─ y
///     after    x ─ + z ─ y
///
/// Exact. Requires that only axes of extent 1 are repeated and that the result keeps its shape.
package struct RemoveBroadcasts: Pass {
    package let name = "remove-broadcasts"
    package let summary = "Removes tiling and broadcasting before operations that broadcast."

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard case .binary = node.op else { return nil }
        for (position, input) in node.inputs.enumerated() {
            guard let producer = graph.producer(of: input),
                let source = broadcastSource(producer, in: graph)
            else { continue }
            var inputs = node.inputs
            inputs[position] = source
            let types = try? node.op.outputTypes(for: inputs.map { graph[$0].type })
            guard types == [graph[node.output].type] else { continue }
            return try GraphPatch.replacing(node, in: graph) { patch in
                try patch.add(node.op, inputs, layer: node.layer)
            }
        }
        return nil
    }

    private func broadcastSource(_ producer: Node, in graph: Graph) -> ValueID? {
        let input = producer.inputs[0]
        switch producer.op {
        case .broadcast: return input
        case .tile(let payload):
            let repeatsUnitAxes = zip(graph[input].shape.dims, payload.multiples).allSatisfy {
                $0 == 1 || $1 == 1
            }
            return repeatsUnitAxes ? input : nil
        default: return nil
        }
    }
}
