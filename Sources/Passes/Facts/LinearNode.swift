import GraphIR
import Tensors

/// A convolution or matrix product with constant weights: linear in its input, with a bias.
struct LinearNode {
    let node: Node
    let filter: Constant
    let bias: Constant?
    /// The axis of the filter that runs over output channels.
    let outputAxis: Int
    /// The axis of the filter that runs over input channels (of one group).
    let inputAxis: Int

    init?(_ node: Node, in graph: Graph) {
        switch node.op {
        case .conv2D: (outputAxis, inputAxis) = (0, 3)
        case .depthwiseConv2D: (outputAxis, inputAxis) = (3, 3)
        case .transposeConv2D: (outputAxis, inputAxis) = (0, 3)
        case .conv3D: (outputAxis, inputAxis) = (4, 3)
        case .transposeConv3D: (outputAxis, inputAxis) = (3, 4)
        case .fullyConnected: (outputAxis, inputAxis) = (0, 1)
        default: return nil
        }
        guard node.inputs.count >= 2, let filter = graph.constant(node.inputs[1]),
            filter.dtype == .float32
        else { return nil }
        self.node = node
        self.filter = filter
        if node.inputs.count == 3 {
            guard let bias = graph.constant(node.inputs[2]) else { return nil }
            self.bias = bias
        } else {
            bias = nil
        }
    }

    var outputChannels: Int { filter.shape[outputAxis] }

    /// Adds this node with another filter and bias.
    ///
    /// - Parameters:
    ///   - filter: nil keeps the filter.
    ///   - bias: all zero adds no bias where there was none.
    func rebuilt(
        input: ValueID, filter newFilter: Constant?, bias newBias: [Double], graph: Graph,
        patch: inout GraphPatch
    ) throws -> ValueID {
        var inputs = [input, node.inputs[1]]
        if let newFilter {
            inputs[1] = patch.constant(newFilter, name: graph[node.inputs[1]].name)
        }
        if bias != nil || newBias.contains(where: { $0 != 0 }) {
            let name = bias == nil ? "\(node.layer)/bias" : graph[node.inputs[2]].name
            inputs.append(patch.constant(Constant(newBias, [newBias.count]), name: name))
        }
        return try patch.add(node.op, inputs, layer: node.layer)
    }

    /// The bias in double precision, zero where there is none.
    var biasValues: [Double] {
        bias?.doubles() ?? [Double](repeating: 0, count: outputChannels)
    }
}
