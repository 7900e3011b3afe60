import GraphIR
import Targets
import Tensors

/// Merges axes that stay neighbours if a transposition has more than the operator knows.
///
///     before   x[a, b, c, d, e, f, g] ─ Transpose(3, 4, 5, 6, 0, 1, 2) ─ y
///     after    x ─ Reshape[a·b·c, d·e·f·g] ─ Transpose(1, 0) ─ Reshape ─ y
///
/// Exact.
struct MergeTransposedAxes: Expansion {
    let name = "merge-transposed-axes"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard case .transpose(let payload) = node.op, let limit = target[.transpose]?.rank
        else { return nil }
        let shape = graph[node.inputs[0]].shape
        let moved = payload.permutation.filter { shape.dims[$0] != 1 }
        guard shape.rank > limit, moved != moved.sorted() else { return nil }
        let runs = Self.runs(moved)
        guard runs.count <= limit else { return nil }
        let order = runs.indices.sorted { runs[$0].lowerBound < runs[$1].lowerBound }
        let permutation = runs.indices.map { order.firstIndex(of: $0) ?? 0 }
        return try GraphPatch(replacing: node, in: graph) { patch in
            let source = try patch.reshape(
                node.inputs[0], to: shape.merging(order.map { runs[$0] }), role: "merged")
            let result = try patch.add(Transpose(permutation).op, [source], role: "result")
            return try patch.reshape(result, to: graph[node.output].shape, role: "reshape")
        }
    }

    /// Runs of axes that stay neighbours, axes of extent 1 between them taken in, in the order of the output.
    private static func runs(_ moved: [Int]) -> [Range<Int>] {
        let ascending = moved.sorted()
        var runs: [Range<Int>] = []
        for (position, axis) in moved.enumerated() {
            let rank = ascending.firstIndex(of: axis) ?? 0
            if position > 0, rank > 0, ascending[rank - 1] == moved[position - 1],
                let last = runs.last
            {
                runs[runs.count - 1] = last.lowerBound..<axis + 1
            } else {
                runs.append(axis..<axis + 1)
            }
        }
        return runs
    }
}
