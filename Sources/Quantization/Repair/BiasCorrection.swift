import Foundations
import GraphIR
import Tensors

/// Moves the biases of sums of products so that each channel has the mean that it has with real numbers.
///
/// Rounding weights and activations shifts the mean of a channel; later layers add such shifts up. The layers are corrected in
/// running order, each on what the corrected ones before it make.
package struct BiasCorrection {
    private let reference: Graph
    private let threads: ThreadBudget

    /// A correction.
    ///
    /// - Parameter reference: the graph before it was quantized, whose values have the same identities.
    package init(reference: Graph, threads: ThreadBudget) {
        self.reference = reference
        self.threads = threads
    }

    /// The graph with corrected biases.
    ///
    /// - Parameters:
    ///   - samples: the inputs of some samples.
    ///   - progress: is told which part is done, 0…1; what it throws ends the work.
    /// - Throws: `Problem` if a sample cannot be run.
    package func corrected(
        _ quantized: Graph, on samples: [[Tensor]], progress: (Double) throws -> Void = { _ in }
    ) throws -> Graph {
        var result = quantized
        let real = try PairedRun(reference, samples, threads: threads)
        let rounded = try PairedRun(quantized, samples, threads: threads)
        var open = ArraySlice(reference.nodes)
        let nodes = quantized.nodes
        for (index, node) in nodes.enumerated() {
            try progress(Double(index) / Double(nodes.count))
            var outputs = try rounded.results(of: node)
            // The nodes of the reference up to the one that makes the same value.
            if let output = node.outputs.first(where: isKnown),
                open.contains(where: { $0.outputs.contains(output) })
            {
                while let following = open.popFirst() {
                    try real.finish(following, real.results(of: following))
                    if following.outputs.contains(output) { break }
                }
            }
            if let shift = try shift(of: node, outputs, real, in: quantized) {
                outputs = [
                    outputs[0].map { Self.moved($0, by: shift, node.op.activation ?? .none) }
                ]
                Self.move(node, by: shift, in: &result)
            }
            try rounded.finish(node, outputs)
        }
        return result
    }

    /// Whether the reference computes a value, too.
    private func isKnown(_ id: ValueID) -> Bool {
        reference.values.indices.contains(id.index) && reference.producer(of: id) != nil
    }

    /// By how much the mean of each channel of a node is too small; nil for nodes that do not compute with integers.
    private func shift(
        of node: Node, _ outputs: [[Tensor]], _ real: PairedRun, in graph: Graph
    ) throws -> [Double]? {
        guard case .filter = graph.linearity(of: node),
            case .integer = graph[node.inputs[0]].storage,
            case .integer = graph[node.output].storage, graph.isConstant(node.inputs[1]),
            isKnown(node.output), reference.useCount(of: node.output) > 0
        else { return nil }
        let channels = graph[node.output].shape[-1]
        guard channels > 0 else { return nil }
        let expected = Self.channelMeans(try real.tensors(of: node.output), channels)
        let found = Self.channelMeans(outputs[0], channels)
        let shift = zip(expected, found).map { $0 - $1 }
        return shift.allSatisfy(\.isFinite) && shift.contains { $0 != 0 } ? shift : nil
    }

    private static func channelMeans(_ tensors: [Tensor], _ channels: Int) -> [Double] {
        var sums = [Double](repeating: 0, count: channels)
        var rows = 0
        for tensor in tensors {
            tensor.withBytes { bytes in
                let values = bytes.assumingMemoryBound(to: Float.self)
                for row in stride(from: 0, to: values.count, by: channels) {
                    for channel in 0..<channels { sums[channel] += Double(values[row + channel]) }
                }
                rows += values.count / channels
            }
        }
        return sums.map { $0 / Double(max(rows, 1)) }
    }

    /// A result with another bias, which is added before the clamp; clamped elements stay so.
    private static func moved(_ tensor: Tensor, by shift: [Double], _ clamp: Clamp) -> Tensor {
        let values = tensor.array(of: Float.self)
        return Tensor(
            values.enumerated().map { index, value in
                value > clamp.lower && value < clamp.upper
                    ? clamp(Double(value) + shift[index % shift.count]) : value
            }, tensor.shape)
    }

    /// Adds a shift to the bias of a node.
    private static func move(_ node: Node, by shift: [Double], in graph: inout Graph) {
        guard
            let storage = FilterStorage.bias(
                of: graph[node.inputs[0]].storage, graph[node.inputs[1]].storage)
        else { return }
        let old = node.inputs.count > 2 ? graph.constant(node.inputs[2])?.doubles() : nil
        let bias = zip(old ?? [Double](repeating: 0, count: shift.count), shift).map { $0 + $1 }
        let constant = Constant(bias, [bias.count])
        let value = graph.addValue(
            TensorType(.float32, [bias.count]),
            name: node.inputs.count > 2 ? graph[node.inputs[2]].name : "\(node.layer)/bias",
            constant: constant)
        graph.setStorage(value, storage)
        graph.setInputs(node.inputs.prefix(2) + [value], of: node.id)
    }
}
