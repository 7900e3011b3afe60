import GraphIR
import Tensors

/// Layers of one resolution that can compute on blocks of 2×2 pixels as channels: convolutions of stride 1,
/// functions of elements, and convolutions of stride 2 behind them, which take up the blocks.
package struct PhaseRegion {
    /// In running order.
    package private(set) var nodes: [Node] = []
    /// Values outside that the layers read.
    private(set) var sources: Set<ValueID> = []
    /// Values that the layers make in blocks.
    private(set) var inside: Set<ValueID> = []

    /// The regions of a graph with at least two convolutions.
    package static func all(in graph: Graph) -> [PhaseRegion] {
        var regions: [PhaseRegion] = []
        for node in graph.nodes {
            if let index = regions.firstIndex(where: { $0.takes(node, in: graph) }) {
                regions[index].add(node, in: graph)
            } else if PhasedConvolution(node, in: graph)?.stride == 1 {
                var region = PhaseRegion()
                region.sources = [node.inputs[0]]
                region.add(node, in: graph)
                regions.append(region)
            }
        }
        return regions.filter { region in
            region.nodes.count { $0.op.kind == .conv2D } > 1
        }
    }

    private mutating func add(_ node: Node, in graph: Graph) {
        nodes.append(node)
        if PhasedConvolution(node, in: graph)?.stride != 2 { inside.insert(node.output) }
    }

    /// Whether a node works on blocks that the region makes.
    private func takes(_ node: Node, in graph: Graph) -> Bool {
        guard node.outputs.count == 1 else { return false }
        if PhasedConvolution(node, in: graph) != nil { return inside.contains(node.inputs[0]) }
        return [.unary, .leakyReLU, .gelu, .binary].contains(node.op.kind)
            && node.inputs.contains(where: inside.contains)
            && node.inputs.allSatisfy {
                inside.contains($0) && graph[$0].type == graph[node.output].type
                    || graph.constant($0)?.shape.elementCount == 1
            }
    }

    /// The graph with the region on blocks.
    ///
    /// - Throws: `Problem` if a value does not fit, which would be a fault.
    package func applied(to graph: Graph) throws -> Graph {
        var result = graph
        // What stands for values of the graph, in blocks.
        var blocks: [ValueID: ValueID] = [:]
        for node in nodes {
            let patch = PatchWriter(for: node, in: result)
            for source in node.inputs where sources.contains(source) && blocks[source] == nil {
                blocks[source] = try patch.add(SpaceToDepth(blockSize: 2).op, [source])
            }
            var inputs = node.inputs.map { blocks[$0] ?? $0 }
            var op = node.op
            let convolution = PhasedConvolution(node, in: graph)
            if let convolution {
                op = convolution.op
                inputs = [
                    inputs[0], patch.constant(convolution.filter, role: "blocks"),
                    patch.constant(convolution.bias, role: "bias"),
                ]
            }
            let value = try patch.add(op, inputs)
            let isWhole = convolution?.stride == 2
            let whole =
                isWhole
                ? value
                : try patch.add(DepthToSpace(blockSize: 2).op, [value])
            try result.apply(patch.replacing(node, by: whole), pass: "approximate")
            if !isWhole { blocks[node.output] = value }
        }
        return result
    }
}
