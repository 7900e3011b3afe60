import GraphIR
import Problems
import Targets
import Tensors

/// Merges axes along which the same inputs are repeated if an operation has more than its operator broadcasts.
///
///     before   a[2, 3, 4, 5, 6] · b[6]
///     after    a ─ Reshape[120, 6] ─ · b[1, 6] ─ Reshape ─ y
///
/// Inputs of too many different runs are repeated first. Exact.
struct MergeBroadcastAxes: Expansion {
    let name = "merge-broadcast-axes"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        var limit: Int?
        if case .binary(let binary) = node.op {
            limit = target[binary.kind.builtin]?.broadcastRank
        } else if case .select = node.op {
            limit = target[.selectV2]?.broadcastRank
        }
        let result = graph[node.output].shape
        let shapes = node.inputs.map { graph[$0].shape }
        guard let limit, result.rank > limit, !shapes.allSatisfy({ $0 == result }) else {
            return nil
        }
        let aligned = shapes.map {
            Shape([Int](repeating: 1, count: result.rank - $0.rank) + $0.dims)
        }
        let axes = MergedAxes(rank: result.rank) { axis in
            guard result.dims[axis] != 1 else { return nil }
            return aligned.reduce(0) { $0 * 2 + ($1.dims[axis] == 1 ? 1 : 0) }
        }
        return try GraphPatch(replacing: node, in: graph) { patch in
            guard axes.groups.count <= limit else {
                let inputs = try repeated(node, to: result, patch)
                return try patch.add(node.op, inputs)
            }
            let inputs = try zip(node.inputs, aligned).map {
                try patch.reshape($0, to: axes.shape($1), role: "merged")
            }
            let made = try patch.add(node.op, inputs, role: "result")
            return try patch.reshape(made, to: result, role: "reshape")
        }
    }

    /// The inputs, repeated to the shape of the output if they are smaller.
    private func repeated(
        _ node: Node, to result: Shape, _ patch: PatchWriter
    ) throws -> [ValueID] {
        guard result.isStatic else {
            throw Problem(
                .unsupported(
                    what: "broadcasting to \(result) needs known sizes",
                    remedy: "Fix the batch with \(.batch), other sizes with \(.inputShapes)."),
                layer: node.layer)
        }
        return try node.inputs.map {
            if patch.shape(of: $0) == result { return $0 }
            return try patch.add(Broadcast(result.dims).op, [$0], role: "BROADCAST_TO")
        }
    }
}
