import GraphIR
import Tensors

extension Graph {
    /// The graph with clamps as operations of their own behind convolutions and matrix products.
    func withoutFusedClamps() throws -> Graph {
        var result = self
        for id in nodeIDs {
            guard let node = result.node(id), [.conv2D, .fullyConnected].contains(node.op.kind),
                let clamp = node.op.activation, let function = clamp.function,
                let open = node.op.clamping(to: .none)
            else { continue }
            let patch = PatchWriter(for: node, in: result)
            let clamped = try patch.add(
                Unary(function).op, [patch.add(open, node.inputs)])
            try result.apply(patch.replacing(node, by: clamped), pass: "approximate")
        }
        return result
    }
}
