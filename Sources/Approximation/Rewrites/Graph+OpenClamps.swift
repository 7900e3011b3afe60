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
            var patch = GraphPatch(for: result)
            let sum = try patch.add(open, node.inputs, layer: node.layer)
            let clamped = try patch.add(.unary(Unary(function)), [sum], layer: node.layer)
            patch.replace(node.output, with: clamped)
            try result.apply(patch, pass: "approximate")
        }
        return result
    }
}
