import GraphIR
import Tensors

/// The way of channels from the linear operation that makes them to the one that alone reads them.
///
///     Conv2D ─ ReLU ─ DepthwiseConv2D ─ MaxPool ─ Flatten ─ Dense
///
/// Between the two each channel goes its own way: functions of elements, pools, means over positions, zero padding, depthwise
/// convolutions of multiplier 1, and a flattening in front of a dense layer. Values on the way have no other use.
package struct ChannelPath {
    /// An operation between the two.
    package enum Step {
        /// A function of elements, or one that gives equal elements back: pools and means.
        case elements(Node)
        /// A product of elements with a function of them, as swish is.
        case gated(function: Node, product: Node)
        /// A padding of other axes than that of the channels.
        case padding(Node)
        /// A depthwise convolution of multiplier 1.
        case depthwise(LinearNode)
        /// A flattening of `[N, …, C]` to `[N, … · C]`.
        case flattening(Node)
    }

    /// Makes the channels.
    package let start: LinearNode
    /// In running order.
    package private(set) var steps: [Step] = []
    /// Alone reads the channels.
    package let end: LinearNode

    /// The path that starts at a node; nil if there is none.
    package init?(from node: Node, in graph: Graph) {
        guard let start = LinearNode(node, in: graph), start.mixesChannels(in: graph) else {
            return nil
        }
        self.start = start
        var value = node.output
        while graph[value].trainedRange == nil {
            if let (function, product) = Self.gate(of: value, in: graph) {
                steps.append(.gated(function: function, product: product))
                value = product.output
                continue
            }
            guard let reader = graph.soleUser(of: value), reader.inputs[0] == value else {
                return nil
            }
            if let linear = LinearNode(reader, in: graph) {
                if linear.mixesChannels(in: graph) {
                    end = linear
                    return
                }
                guard case .depthwiseConv2D = reader.op,
                    linear.filter.shape[3] == graph[value].shape[3]
                else { return nil }
                steps.append(.depthwise(linear))
            } else if let step = Self.step(reader, in: graph) {
                steps.append(step)
            } else {
                return nil
            }
            value = reader.output
        }
        return nil
    }

    /// The two readers of a value that together compute value · function(value).
    private static func gate(
        of value: ValueID, in graph: Graph
    ) -> (function: Node, product: Node)? {
        let readers = graph.users(of: value)
        guard readers.count == 2, graph.useCount(of: value) == 2,
            let function = readers.first(where: { $0.op.kind == .unary }),
            let product = graph.soleUser(of: function.output),
            product.op == .binary(Binary(.multiply)),
            readers.contains(where: { $0.id == product.id }),
            Set(product.inputs) == [value, function.output]
        else { return nil }
        return (function, product)
    }

    private static func step(_ node: Node, in graph: Graph) -> Step? {
        let input = graph[node.inputs[0]].shape
        if [.unary, .leakyReLU, .gelu, .pool2D].contains(node.op.kind) { return .elements(node) }
        if case .reduce(let reduce) = node.op, [.mean, .max, .min].contains(reduce.kind),
            !reduce.axes.contains(input.rank - 1)
        {
            return .elements(node)
        }
        if case .pad(let pad) = node.op, pad.amounts.last == PadAmount.none {
            return .padding(node)
        }
        let (features, output) = (Shape(Array(input.dims.dropFirst())), graph[node.output].shape)
        guard case .reshape = node.op, input.rank > 1, output.rank == 2, features.isStatic,
            output[1] == features.elementCount
        else { return nil }
        return .flattening(node)
    }

    /// Whether the weights at both ends may be read.
    func isReadable(within budget: PassContext.Budget) -> Bool {
        [start, end].allSatisfy { $0.filter.shape.elementCount <= budget.weightElements / 4 }
    }

    /// The input channels of the end that each channel of the start becomes, by remainder: channel c of n becomes c, c + n, ….
    func inputs(of channel: Int) -> StrideTo<Int> {
        stride(from: channel, to: end.filter.shape[end.axes.input], by: start.outputChannels)
    }
}

extension LinearNode {
    /// Whether each output channel is a sum over all input channels: a dense layer or a convolution without groups.
    func mixesChannels(in graph: Graph) -> Bool {
        guard graph[node.inputs[1]].storage == .expressed else { return false }
        if case .conv2D = node.op { return filter.shape[3] == graph[node.inputs[0]].shape[3] }
        return node.op.kind == .fullyConnected
    }
}

extension ChannelPath {
    /// Adds the path with some of its channels only.
    ///
    /// - Parameters:
    ///   - kept: the channels that stay, ascending.
    ///   - filter: of the end, for all channels.
    ///   - bias: of the end.
    /// - Returns: the value that the end makes.
    /// - Throws: `Problem` if one of the operations does not fit.
    package func rebuilt(
        keeping kept: [Int], endFilter filter: [Double], endBias bias: [Double],
        patch: PatchWriter
    ) throws -> ValueID {
        var value = try start.selecting(
            kept, axis: start.axes.output, bias: kept.map { start.biasValues[$0] },
            on: start.node.inputs[0], patch: patch)
        for step in steps {
            switch step {
            case .elements(let node), .padding(let node):
                value = try patch.copy(node, inputs: [value] + node.inputs.dropFirst())
            case .gated(let function, let product):
                let gate = try patch.copy(function, inputs: [value])
                value = try patch.copy(product, inputs: [value, gate])
            case .depthwise(let linear):
                value = try linear.selecting(
                    kept, axis: linear.axes.output, bias: kept.map { linear.biasValues[$0] },
                    on: value, patch: patch)
            case .flattening(let node):
                let dims = patch.shape(of: value).dims
                let features = dims.dropFirst().reduce(1, *)
                value = try patch.add(
                    Reshape([dims[0], features]).op, [value], layer: node.layer)
            }
        }
        var whole = end
        whole.filter = Constant(filter, end.filter.shape)
        let count = start.outputChannels
        let inputs = (0..<end.filter.shape[end.axes.input]).filter { kept.contains($0 % count) }
        return try whole.selecting(
            inputs, axis: end.axes.input, bias: bias, on: value, patch: patch)
    }
}

extension LinearNode {
    /// Adds the node with the filter at some indices of an axis.
    fileprivate func selecting(
        _ indices: [Int], axis: Int, bias: [Double], on input: ValueID, patch: PatchWriter
    ) throws -> ValueID {
        let (shape, elements) = (filter.shape, filter.doubles())
        let inner = shape.strides[axis]
        let block = inner * shape[axis]
        var selected: [Double] = []
        for outer in stride(from: 0, to: elements.count, by: block) {
            for index in indices {
                selected += elements[outer + index * inner..<outer + (index + 1) * inner]
            }
        }
        var dims = shape
        dims[axis] = indices.count
        return try rebuilt(
            input: input, filter: Constant(selected, dims), bias: bias, patch: patch)
    }
}
