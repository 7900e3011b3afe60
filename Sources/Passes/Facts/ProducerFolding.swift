import GraphIR
import Tensors

/// Why something cannot be done, in words for the report.
struct Refusal: Error {
    var reason: String
}

/// A way to move an affine function along `axis` back into the linear operations that make its input.
///
/// Between these operations and the function there may be operations that commute with it:
///
///     pool, mean        commute (maxima need scale ≥ 0)
///     pad with zeros    commutes with a pure scale
///     reshape           where one axis runs over the same elements before and after
///     transpose         along the axis where it comes from
///     concatenate       each input takes its part of the function
///     add               both inputs are scaled, one is shifted
///
/// All values on the way must have no other use.
indirect enum ProducerFolding {
    case linear(LinearNode)
    case through(Node, ProducerFolding)
    case concatenate(Node, [(ProducerFolding, Range<Int>?)])
    case add(Node, ProducerFolding, ProducerFolding)

    /// Finds the way from a value; `axis` is nil for a function that is the same for all elements.
    ///
    /// - Throws: `Refusal` with the reason why there is none.
    static func find(_ value: ValueID, axis: Int?, in graph: Graph) throws -> ProducerFolding {
        guard let node = graph.producer(of: value) else {
            throw Refusal(reason: "its input is an input of the model")
        }
        guard graph.useCount(of: value) == 1 else {
            let count = graph.useCount(of: value)
            throw Refusal(reason: "its \(node.op.name) '\(node.layer)' has \(count) uses")
        }
        if let linear = LinearNode(node, in: graph) {
            guard node.op.activation == Clamp.none else {
                throw Refusal(reason: "'\(node.layer)' before it has an activation")
            }
            guard axis == nil || axis == graph[value].shape.rank - 1 else {
                throw Refusal(reason: "it does not run along the channels of '\(node.layer)'")
            }
            return .linear(linear)
        }
        switch node.op {
        case .concatenate(let payload):
            return try concatenation(node, along: payload.axis, axis: axis, in: graph)
        case .binary(let payload) where payload.kind == .add && payload.activation == .none:
            guard node.inputs.allSatisfy({ graph[$0].type == graph[value].type }) else { break }
            return .add(
                node, try find(node.inputs[0], axis: axis, in: graph),
                try find(node.inputs[1], axis: axis, in: graph))
        default:
            guard let inputAxis = passage(node, axis: axis, in: graph) else { break }
            return .through(node, try find(node.inputs[0], axis: inputAxis, in: graph))
        }
        throw Refusal(reason: "it follows the \(node.op.name) '\(node.layer)'")
    }

    /// The axis of the function before a node that commutes with it; nil where none does.
    private static func passage(_ node: Node, axis: Int?, in graph: Graph) -> Int?? {
        let shape = graph[node.output].shape
        switch node.op {
        case .pool2D(let payload) where payload.activation == .none:
            return axis == nil || axis == 3 ? .some(axis) : nil
        case .pad(let payload) where payload.value == 0:
            guard let axis else { return .some(nil) }
            return payload.amounts[axis] == [0, 0] ? .some(axis) : nil
        case .reduce(let payload) where payload.kind == .mean:
            guard let axis else { return .some(nil) }
            let kept = graph[node.inputs[0]].shape.dims.indices.filter {
                payload.keepDimensions || !payload.axes.contains($0)
            }
            return payload.axes.contains(kept[axis]) ? nil : .some(kept[axis])
        case .reshape:
            guard let axis else { return .some(nil) }
            return shape.axis(axis, in: graph[node.inputs[0]].shape).map { .some($0) }
        case .transpose(let payload):
            return .some(axis.map { payload.permutation[$0] })
        default: return nil
        }
    }

    private static func concatenation(
        _ node: Node, along joined: Int, axis: Int?, in graph: Graph
    ) throws -> ProducerFolding {
        var start = 0
        return .concatenate(
            node,
            try node.inputs.map { input in
                let part = try find(input, axis: axis, in: graph)
                guard joined == axis else { return (part, nil) }
                let end = start + graph[input].shape[joined]
                defer { start = end }
                return (part, start..<end)
            })
    }
}

extension ProducerFolding {
    /// Adds the nodes that compute the function's result.
    ///
    /// - Throws: `Refusal` where the numbers of the function do not allow it.
    func build(_ function: Affine, graph: Graph, patch: inout GraphPatch) throws -> ValueID {
        switch self {
        case .linear(let linear):
            let full = function.expanded(to: linear.outputChannels)
            let bias = zip(linear.biasValues, zip(full.scale, full.shift)).map {
                $0 * $1.0 + $1.1
            }
            let filter =
                full.scalesNothing
                ? nil : linear.filter.scaled(by: full.scale, axis: linear.outputAxis)
            return try linear.rebuilt(
                input: linear.node.inputs[0], filter: filter, bias: bias, graph: graph,
                patch: &patch)
        case .through(let node, let inner):
            try check(node, function)
            let value = try inner.build(function, graph: graph, patch: &patch)
            return try patch.add(node.op, [value], layer: node.layer)
        case .concatenate(let node, let parts):
            let values = try parts.map { part, range in
                try part.build(range.map { function[$0] } ?? function, graph: graph, patch: &patch)
            }
            return try patch.add(node.op, values, layer: node.layer)
        case .add(let node, let first, let second):
            let values = [
                try first.build(function, graph: graph, patch: &patch),
                try second.build(function.scaleOnly, graph: graph, patch: &patch),
            ]
            return try patch.add(node.op, values, layer: node.layer)
        }
    }

    private func check(_ node: Node, _ function: Affine) throws {
        switch node.op {
        case .pad where !function.shiftsNothing:
            throw Refusal(reason: "the zeros that '\(node.layer)' pads with would have to change")
        case .pool2D(let payload) where payload.kind == .max:
            guard function.scale.allSatisfy({ $0 >= 0 }) else {
                throw Refusal(reason: "a factor is negative and '\(node.layer)' takes maxima")
            }
        default: break
        }
    }
}
