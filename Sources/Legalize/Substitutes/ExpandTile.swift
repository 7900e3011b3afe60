import GraphIR
import Targets
import Tensors

/// Spells out repetitions for a target without an operator for them.
///
///     before   x[a, b] ─ Tile(m, n) ─ y
///     after    x ─ Reshape[1, a, 1, b] ─ Broadcast[m, a, n, b] ─ Reshape[m·a, n·b] ─ y
///
/// Axes that are not repeated join their neighbours. Requires known extents. Exact.
struct ExpandTile: Expansion {
    let name = "expand-tile"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .tile(let tile) = node.op, !target.has(.tile) else { return nil }
        let shape = graph[node.inputs[0]].shape
        guard shape.isStatic else { return nil }
        var (single, repeated) = ([Int](), [Int]())
        for (extent, multiple) in zip(shape.dims, tile.multiples) {
            if multiple == 1, let last = single.last {
                single[single.count - 1] = last * extent
                repeated[repeated.count - 1] *= extent
            } else if multiple == 1 {
                single.append(extent)
                repeated.append(extent)
            } else {
                single += [1, extent]
                repeated += [multiple, extent]
            }
        }
        return try GraphPatch(replacing: node, in: graph) { patch in
            let source = try patch.reshape(node.inputs[0], to: Shape(single), role: "single")
            let result = try patch.add(Broadcast(repeated).op, [source])
            return try patch.reshape(result, to: graph[node.output].shape, role: "result")
        }
    }
}
