import Evaluation
import GraphIR
import Tensors

/// A mistake in one node of a graph that a converter could make.
enum Fault: String, CaseIterable {
    /// One filter, row of weights or factor is scaled by 1.01.
    case filter
    /// One bias or summand is moved by 1 % of the spread of the result.
    case bias
    case stride, activation, padding

    /// The graph with this fault in a node; nil if the node cannot have it.
    ///
    /// - Parameter output: what the first output of the node is, to choose a channel that varies.
    func faulty(_ graph: Graph, at node: Node, output: Tensor) throws -> Graph? {
        switch self {
        case .filter: return try scaledFilter(graph, node, output)
        case .bias: return try movedBias(graph, node, output)
        case .stride:
            return try reinferred(graph, node, AttributeFault("strides"))
        case .padding:
            return try reinferred(graph, node, AttributeFault("padding"))
                ?? reinferred(graph, node, AttributeFault("amounts"))
        case .activation:
            if let activation = node.op.activation {
                let other: Clamp = activation == .none ? .relu : .none
                return try node.op.clamping(to: other).flatMap { try reinferred(graph, node, $0) }
            }
            return try reinferred(graph, node, AttributeFault("kind"))
                ?? reinferred(graph, node, AttributeFault("activation"))
                ?? reinferred(graph, node, AttributeFault("alpha"))
        }
    }

    private func scaledFilter(_ graph: Graph, _ node: Node, _ output: Tensor) throws -> Graph? {
        // The constants of arithmetic are biases and factors rather than filters.
        if case .binary = node.op { return nil }
        let position = node.inputs.indices.first {
            guard let constant = graph.constant(node.inputs[$0]) else { return false }
            return constant.dtype == .float32 && constant.shape.elementCount > 1
                && constant.shape.rank > 1
        }
        guard let position, let weights = graph.constant(node.inputs[position]) else { return nil }
        var axis = 0
        if case .filter(let axes) = node.op.payload.linearity(for: graph.types(of: node.inputs)),
            position == 1
        {
            axis = axes.output
        }
        let count = weights.shape[axis]
        let channel = count == output.shape.dims.last ? output.mostVaryingChannel : count / 2
        let factors = (0..<count).map { $0 == channel ? 1.01 : 1 }
        return Self.copy(
            graph, replacing: node.inputs[position],
            with: weights.scaled(by: factors, axis: axis))
    }

    private func movedBias(_ graph: Graph, _ node: Node, _ output: Tensor) throws -> Graph? {
        let id = node.inputs.dropFirst().last { id in
            guard let constant = graph.constant(id) else { return false }
            return constant.dtype == .float32 && constant.shape.rank <= 1
        }
        guard let id, let bias = graph.constant(id), bias.shape.elementCount > 0 else { return nil }
        switch node.op.payload.linearity(for: graph.types(of: node.inputs)) {
        case .filter, .sum: break
        default: return nil
        }
        var values = bias.doubles()
        let channel = values.count == output.shape.dims.last ? output.mostVaryingChannel : 0
        values[channel] += 0.01 * output.spread
        return Self.copy(
            graph, replacing: id, with: Constant(values, bias.shape))
    }

    private func reinferred(_ graph: Graph, _ node: Node, _ fault: AttributeFault) throws -> Graph?
    {
        var visitor = fault
        let op = node.op.payload.visited(by: &visitor)
        return visitor.isDone ? try reinferred(graph, node, op) : nil
    }

    /// The graph with another operation; nil if it does not fit what follows.
    private func reinferred(_ graph: Graph, _ node: Node, _ op: Op) throws -> Graph? {
        var copy = graph
        try copy.setOp(op, of: node.id)
        return (try? copy.setInputShapes([:])) == nil ? nil : copy
    }

    private static func copy(_ graph: Graph, replacing id: ValueID, with constant: Constant)
        -> Graph
    {
        let builder = GraphBuilder(name: graph.name)
        var values: [ValueID: ValueID] = [:]
        for port in graph.inputs { values[port.value] = builder.copyInput(port, of: graph) }
        for state in graph.states { values[state.input] = builder.copyState(state, of: graph) }
        func value(_ old: ValueID) -> ValueID {
            if let known = values[old] { return known }
            let original = graph[old]
            let new = builder.copy(
                Value(
                    id: old, type: original.type, name: original.name,
                    constant: old == id ? constant : original.constant, layer: original.layer,
                    trainedRange: original.trainedRange, storage: original.storage))
            values[old] = new
            return new
        }
        for node in graph.nodes {
            let outputs = builder.copy(node, of: graph, inputs: node.inputs.map(value))
            for (old, new) in zip(node.outputs, outputs) { values[old] = new }
        }
        for port in graph.outputs { builder.output(value(port.value), name: port.name) }
        for state in graph.states { builder.keep(value(state.output), as: state.name) }
        return builder.graph
    }
}

/// Changes the first attribute of a name to another value that the operation knows.
private struct AttributeFault: AttributeVisitor {
    private let name: String
    private(set) var isDone = false

    init(_ name: String) {
        self.name = name
    }

    mutating func visit<Content: Attribute>(_ name: String, _ content: inout Content) {
        guard name == self.name, !isDone, let other = Self.other(content) as? Content else {
            return
        }
        content = other
        isDone = true
    }

    private static func other(_ content: some Attribute) -> (any Attribute)? {
        switch content {
        case let size as Size2D: return Size2D(size.height + 1, size.width)
        case let size as Size3D: return Size3D(size.depth, size.height + 1, size.width)
        case let padding as Padding: return padding == .same ? Padding.valid : .same
        case let amounts as [PadAmount]:
            guard let axis = amounts.firstIndex(where: { $0.total > 0 }) else { return nil }
            var moved = amounts
            let amount = amounts[axis]
            moved[axis] =
                amount.before > 0
                ? PadAmount(amount.before - 1, amount.after + 1)
                : PadAmount(1, amount.after - 1)
            return moved
        case let function as UnaryFunction:
            switch function {
            case .sigmoid: return UnaryFunction.tanh
            case .tanh, .hardSwish: return UnaryFunction.sigmoid
            case .relu, .relu6, .elu: return UnaryFunction.tanh
            default: return nil
            }
        case let alpha as Float: return alpha * 1.5
        default: return nil
        }
    }
}

extension Tensor {
    /// The standard deviation of the elements.
    fileprivate var spread: Double { Self.deviation(Constant(self).doubles()) }

    /// The position along the last axis whose elements vary most.
    fileprivate var mostVaryingChannel: Int {
        let (values, width) = (Constant(self).doubles(), max(shape.dims.last ?? 1, 1))
        let spreads = (0..<width).map { channel in
            let column = stride(from: channel, to: values.count, by: width).map { values[$0] }
            return column.count > 1 ? Self.deviation(column) : abs(column.first ?? 0)
        }
        return spreads.indices.max { spreads[$0] < spreads[$1] } ?? 0
    }

    private static func deviation(_ values: [Double]) -> Double {
        let count = Double(max(values.count, 1))
        let mean = values.reduce(0, +) / count
        return (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count).squareRoot()
    }
}
