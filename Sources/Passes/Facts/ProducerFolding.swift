import GraphIR
import Problems
import Tensors

/// A way to move an affine function along an axis back into the linear operations that make its input.
///
/// Between these operations and the function there may be operations that commute with it (`Linearity`):
///
///     elements chosen or averaged     commute (extrema need scale ≥ 0)
///     linear functions                commute with a pure scale; ReLU and its like need scale ≥ 0
///     padding                         its value changes with the function, but zero stays
///     concatenate                     each input takes its part of the function
///     add                             both inputs are scaled, one is shifted
///     products of two tensors         one of them takes a factor that is the same for all elements
///
/// All values on the way must have no other use.
indirect enum ProducerFolding {
    case linear(LinearNode)
    case through(Node, Linearity, ProducerFolding)
    case concatenate(Node, [(ProducerFolding, Range<Int>?)])
    case add(Node, ProducerFolding, ProducerFolding)
    /// A product, and which of its inputs takes the factor.
    case product(Node, Int, ProducerFolding)
    /// There is no way, in words for the report.
    case obstacle(String)

    /// Finds the way from a value; `axis` is nil for a function that is the same for all elements.
    init(_ value: ValueID, axis: Int?, in graph: Graph) {
        guard let node = graph.producer(of: value) else {
            self = .obstacle("its input is an input of the model")
            return
        }
        guard graph.useCount(of: value) == 1 else {
            let count = graph.useCount(of: value)
            self = .obstacle("its \(node.op.name) '\(node.layer)' has \(count) uses")
            return
        }
        if let linear = LinearNode(node, in: graph) {
            self = Self.end(linear, axis == nil || axis == graph[value].shape.rank - 1)
            return
        }
        if let product = Self.product(node, axis: axis, in: graph) {
            self = product
            return
        }
        var linearity = graph.linearity(of: node)
        if case .pad = node.op { linearity = .selection }
        switch linearity {
        case .joining: self = Self.concatenation(node, axis: axis, in: graph)
        case .sum where node.inputs.allSatisfy({ graph[$0].type == graph[value].type }):
            self = .add(
                node, ProducerFolding(node.inputs[0], axis: axis, in: graph),
                ProducerFolding(node.inputs[1], axis: axis, in: graph))
        case .selection, .mean, .extremum, .linear, .homogeneous:
            let axes = graph.axes(of: node)
            let broadcasts =
                axes.layout == .free && graph[node.inputs[0]].shape != graph[value].shape
            switch broadcasts ? .blocked : axes.passage(backFrom: axis) {
            case .uniform:
                self = .through(node, linearity, .init(node.inputs[0], axis: nil, in: graph))
            case .axis(let axis):
                self = .through(node, linearity, .init(node.inputs[0], axis: axis, in: graph))
            case .blocked: self = Self.blocked(by: node)
            }
        case .filter, .bilinear, .sum, .elementwise, .opaque: self = Self.blocked(by: node)
        }
    }

    private static func product(
        _ node: Node, axis: Int?, in graph: Graph
    ) -> ProducerFolding? {
        let isProduct = node.op.kind == .batchMatMul || graph.linearity(of: node) == .bilinear
        guard axis == nil, isProduct, node.inputs[0] != node.inputs[1] else { return nil }
        for (position, input) in node.inputs.enumerated() where !graph.isConstant(input) {
            let inner = ProducerFolding(input, axis: nil, in: graph)
            if inner.obstacle(to: nil) == nil { return .product(node, position, inner) }
        }
        return nil
    }

    private static func blocked(by node: Node) -> ProducerFolding {
        .obstacle("it follows the \(node.op.name) '\(node.layer)'")
    }

    private static func end(_ linear: LinearNode, _ runsAlongChannels: Bool) -> ProducerFolding {
        guard linear.node.op.activation == Clamp.none else {
            return .obstacle("'\(linear.node.layer)' before it has an activation")
        }
        guard runsAlongChannels else {
            return .obstacle("it does not run along the channels of '\(linear.node.layer)'")
        }
        return .linear(linear)
    }

    private static func concatenation(
        _ node: Node, axis: Int?, in graph: Graph
    ) -> ProducerFolding {
        var start = 0
        let isAlong = axis != nil && graph.axes(of: node).passage(backFrom: axis) == .blocked
        return .concatenate(
            node,
            node.inputs.map { input in
                let part = ProducerFolding(input, axis: axis, in: graph)
                guard isAlong, let axis else { return (part, nil) }
                let end = start + graph[input].shape[axis]
                defer { start = end }
                return (part, start..<end)
            })
    }
}

extension ProducerFolding {
    /// What keeps `function` from moving back, or any function if it is nil; nil if nothing does.
    func obstacle(to function: Affine?) -> String? {
        switch self {
        case .linear: return nil
        case .obstacle(let reason): return reason
        case .through(let node, let linearity, let inner):
            return function.flatMap { Self.obstacle(node, linearity, to: $0) }
                ?? inner.obstacle(to: function)
        case .concatenate(_, let parts):
            for (part, range) in parts {
                let own = function.map { whole in range.map { whole[$0] } ?? whole }
                if let reason = part.obstacle(to: own) { return reason }
            }
            return nil
        case .add(_, let first, let second):
            return first.obstacle(to: function) ?? second.obstacle(to: function?.scaleOnly)
        case .product(let node, _, let inner):
            if let function, !function.shiftsNothing {
                return "a shift cannot pass the \(node.op.name) '\(node.layer)'"
            }
            return inner.obstacle(to: function)
        }
    }

    private static func obstacle(
        _ node: Node, _ linearity: Linearity, to function: Affine
    ) -> String? {
        let isPositive = function.scale.allSatisfy { $0 >= 0 }
        if !function.shiftsNothing, linearity == .linear || linearity == .homogeneous {
            return "a shift cannot pass the \(node.op.name) '\(node.layer)'"
        }
        if !isPositive, linearity == .extremum {
            return "a factor is negative and '\(node.layer)' takes extrema"
        }
        if !isPositive, linearity == .homogeneous {
            return "a negative factor cannot pass the \(node.op.name) '\(node.layer)'"
        }
        if case .pad(let pad) = node.op, function.applied(to: pad) == nil {
            return "the border of '\(node.layer)' would not be zero"
        }
        return nil
    }

    /// Adds the nodes that compute the result of a function to which there is no obstacle.
    func build(_ function: Affine, patch: PatchWriter) throws -> ValueID {
        switch self {
        case .linear(let linear):
            let full = function.expanded(to: linear.outputChannels)
            let bias = zip(linear.biasValues, zip(full.scale, full.shift)).map {
                $0 * $1.0 + $1.1
            }
            let filter =
                full.scalesNothing
                ? nil : linear.filter.scaled(by: full.scale, axis: linear.axes.output)
            return try linear.rebuilt(
                input: linear.node.inputs[0], filter: filter, bias: bias, patch: patch)
        case .through(let node, _, let inner):
            let value = try inner.build(function, patch: patch)
            var op = node.op
            if case .pad(let pad) = op, let mapped = function.applied(to: pad) { op = mapped.op }
            return try patch.add(op, [value] + node.inputs.dropFirst(), layer: node.layer)
        case .concatenate(let node, let parts):
            let values = try parts.map { part, range in
                try part.build(range.map { function[$0] } ?? function, patch: patch)
            }
            return try patch.copy(node, inputs: values)
        case .add(let node, let first, let second):
            let values = [
                try first.build(function, patch: patch),
                try second.build(function.scaleOnly, patch: patch),
            ]
            return try patch.copy(node, inputs: values)
        case .product(let node, let position, let inner):
            var inputs = node.inputs
            inputs[position] = try inner.build(function, patch: patch)
            return try patch.copy(node, inputs: inputs)
        case .obstacle(let reason):
            throw Problem(.invalidGraph("a function cannot be moved: \(reason)", pass: nil))
        }
    }
}
