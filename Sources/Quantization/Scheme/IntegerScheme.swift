import GraphIR
import Problems
import Targets
import Tensors

/// Stores the values of a graph as integers, so that most of its operations compute with them.
package struct IntegerScheme: Sendable {
    /// The type of the elements that callers of the file give and get for real numbers.
    package enum Interface: Sendable, Equatable {
        /// Floats.
        case real
        /// Integers of this width.
        case integer(bits: Int, isSigned: Bool)
    }

    /// Inputs and outputs of the file.
    package var interface = Interface.real
    /// The width of weights.
    package var weightBits = 8
    /// Whether the filters of convolutions have a scale for each output channel.
    package var hasChannelScales = true
    /// Whether the weights of matrix products have a scale for each output.
    package var hasRowScales = true
    /// Whether recurrent cells that are one operator compute with integers, instead of real numbers beside stored weights.
    package var hasIntegerCells = true
    /// The width of the activations of a layer; nil keeps it real.
    package var width: @Sendable (String) -> Int?

    /// A scheme.
    ///
    /// - Parameter width: the width of the activations of a layer: 8, 16, or nil to keep it real.
    package init(width: @escaping @Sendable (String) -> Int?) {
        self.width = width
    }

    /// Stores values, and rewrites the nodes that compute with integers.
    ///
    /// What computes with real numbers reads stored values; `Legalize.convert` inserts the conversions.
    ///
    /// - Parameter ranges: the numbers that values take on.
    /// - Throws: `Problem.Kind.unsupported` for infinite weights.
    package func apply(
        to graph: inout Graph, ranges: [ValueID: ObservedRange], for target: Target
    ) throws -> IntegerSummary {
        let whole = ranges
        let ranges = ReadRanges.cut(whole, in: graph)
        let nodes = IntegerNodes(
            of: graph, for: target, ranges, hasRealInterface: interface == .real,
            hasIntegerCells: hasIntegerCells, width: width)
        let scales = ScaleAssignment(graph, nodes, ranges)
        var rewrite = IntegerRewrite(self, nodes, scales, ranges)
        try rewrite.run(on: &graph)
        // What is cut off is not what the layer gives.
        for value in graph.values
        where whole[value.id] != ranges[value.id] && value.storage != .expressed {
            graph.rename(value.id, to: "\(value.name)/cut")
        }
        try graph.verify(after: "quantization")
        return IntegerSummary(
            integerNodes: nodes.bits.count, nodes: rewrite.nodeCount,
            realLayers: nodes.realLayers, integerCells: nodes.integerCells)
    }

    /// Which weights of a node share a scale.
    func scales(of node: Node, in graph: Graph) -> WeightUse.Scales {
        if case .lstm = node.op { return .rowGroups(4) }
        guard case .filter(let axes) = graph.linearity(of: node)
        else { return .tensor }
        let isMatrix = if case .fullyConnected = node.op { true } else { false }
        return (isMatrix ? hasRowScales : hasChannelScales) ? .axis(axes.output) : .tensor
    }
}

/// What an integer scheme did to a graph.
package struct IntegerSummary: Sendable {
    /// How many nodes compute with integers.
    package let integerNodes: Int
    /// How many nodes compute with real numbers or their integers.
    package let nodes: Int
    /// Layers that stay real, with the reason.
    package let realLayers: [(layer: String, reason: String)]
    /// How many recurrent cells that are one operator compute with integers.
    package let integerCells: Int
}
