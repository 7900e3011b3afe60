import GraphIR
import Tensors

/// A convolution or matrix product with constant weights that an approximation may replace.
package struct LinearSite {
    package let node: Node
    package let op: Op
    /// `[out, kh, kw, in]`; a matrix has windows of one element.
    package let filter: Filter
    package let bias: [Double]
    package let inputType: TensorType
    package let outputType: TensorType
    /// The clamp that alone reads the result; `none` if there is another reader.
    package let clamp: Clamp

    /// The site at a node without a fused clamp; nil if the node is another operation, or one whose weights or extents only a
    /// run knows.
    package init?(_ node: Node, in graph: Graph) {
        guard node.inputs.count >= 2, let filter = graph.constant(node.inputs[1]),
            filter.dtype == .float32, graph[node.inputs[1]].storage == .expressed
        else { return nil }
        let (input, output) = (graph[node.inputs[0]].type, graph[node.output].type)
        if case .conv2D = node.op {
            guard filter.shape[3] == input.shape[-1] else { return nil }
        } else {
            guard case .fullyConnected = node.op else { return nil }
        }
        guard node.op.activation == Clamp.none, input.shape.isStatic, output.shape.isStatic,
            input.dtype == .float32
        else {
            return nil
        }
        let bias = node.inputs.count > 2 ? graph.constant(node.inputs[2])?.doubles() : []
        guard let bias else { return nil }
        let shape = filter.shape
        self.node = node
        op = node.op
        self.filter = Filter(
            filter.doubles(), count: shape[0], height: shape.rank == 4 ? shape[1] : 1,
            width: shape.rank == 4 ? shape[2] : 1, channels: shape[-1])
        self.bias = bias.isEmpty ? [Double](repeating: 0, count: shape[0]) : bias
        (inputType, outputType) = (input, output)
        clamp = Self.clamp(after: node.output, in: graph)
    }

    private static func clamp(after value: ValueID, in graph: Graph) -> Clamp {
        guard let reader = graph.soleUser(of: value), case .unary(let unary) = reader.op
        else { return .none }
        return Clamp(unary.kind) ?? .none
    }
}

/// Weights `[out, kh, kw, in]` in double precision.
package struct Filter {
    package let count: Int
    package let height: Int
    package let width: Int
    package let channels: Int
    package var elements: [Double]

    package init(_ elements: [Double], count: Int, height: Int, width: Int, channels: Int) {
        self.elements = elements
        self.count = count
        self.height = height
        self.width = width
        self.channels = channels
    }

    /// Elements of one output channel.
    package var size: Int { height * width * channels }

    /// The filter as a matrix `[out, kh · kw · in]`.
    package var matrix: Matrix { Matrix(count, size, elements) }

    package subscript(output: Int, row: Int, column: Int, channel: Int) -> Double {
        elements[((output * height + row) * width + column) * channels + channel]
    }
}
