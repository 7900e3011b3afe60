import GraphIR
import Tensors

/// A convolution or matrix product with constant weights: linear in its input, with a bias.
package struct LinearNode {
    /// The operation.
    package let node: Node
    /// Its weights.
    package var filter: Constant
    let bias: Constant?
    /// The axes of the filter.
    package let axes: FilterAxes

    init?(_ node: Node, in graph: Graph) {
        guard node.inputs.count >= 2, let filter = graph.constant(node.inputs[1]),
            filter.dtype == .float32, case .filter(let axes) = graph.linearity(of: node)
        else { return nil }
        self.axes = axes
        self.node = node
        self.filter = filter
        if node.inputs.count == 3 {
            guard let bias = graph.constant(node.inputs[2]) else { return nil }
            self.bias = bias
        } else {
            bias = nil
        }
    }

    /// How many channels it makes.
    package var outputChannels: Int { filter.shape[axes.output] }

    /// Adds this node with another filter and bias.
    ///
    /// - Parameters:
    ///   - filter: nil keeps the filter.
    ///   - bias: all zero adds no bias if there was none.
    func rebuilt(
        input: ValueID, filter newFilter: Constant?, bias newBias: [Double], patch: PatchWriter
    ) throws -> ValueID {
        var inputs = [input, node.inputs[1]]
        if let newFilter {
            inputs[1] = patch.constant(newFilter, inPlaceOf: node.inputs[1])
        }
        if bias != nil || newBias.contains(where: { $0 != 0 }) {
            let constant = Constant(newBias, [newBias.count])
            inputs.append(
                bias == nil
                    ? patch.onBehalf(of: node.layer) { patch.constant(constant, role: "bias") }
                    : patch.constant(constant, inPlaceOf: node.inputs[2]))
        }
        return try patch.copy(node, inputs: inputs)
    }

    /// The bias in double precision, zero if there is none.
    package var biasValues: [Double] {
        bias?.doubles() ?? [Double](repeating: 0, count: outputChannels)
    }

    /// The weights of each output channel.
    var outputRows: [[Double]] {
        let elements = filter.doubles()
        if axes.output == 0 {
            let size = elements.count / outputChannels
            return (0..<outputChannels).map {
                Array(elements[$0 * size..<($0 + 1) * size])
            }
        }
        return (0..<outputChannels).map { channel in
            stride(from: channel, to: elements.count, by: outputChannels).map { elements[$0] }
        }
    }
}
