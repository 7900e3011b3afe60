import GraphIR
import Tensors

/// A way to move an affine function forward into the linear operation that reads its result.
///
/// Operations between them commute with the function as in `ProducerFolding`; products with other tensors do so too. A shift
/// cannot pass these, nor padding with zeros, nor padding inside a convolution; then only the scale moves.
struct ConsumerFolding {
    let linear: LinearNode
    private let path: Path
    private let movesShift: Bool

    /// Finds the way from a value whose function varies along `axis`.
    init?(_ value: ValueID, axis: Int?, in graph: Graph) {
        var (value, axis) = (value, axis)
        var path = Path()
        while let node = graph.soleUser(of: value) {
            if node.inputs[0] == value, let linear = LinearNode(node, in: graph) {
                guard axis == nil || axis == graph[value].shape.rank - 1 else { return nil }
                self.linear = linear
                self.path = path
                movesShift = path.movesShift && linear.readsNoPadding(graph[value].shape)
                return
            }
            guard path.channelMap == nil,
                let next = path.step(over: node, from: value, axis: axis, in: graph)
            else { return nil }
            (value, axis) = (node.output, next)
        }
        return nil
    }

    /// Adds the nodes behind `x`, the function moved into the linear operation; nil where numbers or groups do not allow it.
    func build(
        _ function: Affine, from x: ValueID, graph: Graph, patch: inout GraphPatch
    ) throws -> ValueID? {
        let full = path.spread(function, to: linear.inputChannels(in: graph))
        guard let filter = linear.filter(scaledBy: full.scale),
            path.movesNegativeScale || full.scale.allSatisfy({ $0 >= 0 })
        else { return nil }
        var bias = linear.biasValues
        if !full.shiftsNothing {
            guard movesShift, let contributions = linear.contributions(of: full.shift) else {
                return nil
            }
            bias = zip(bias, contributions).map { $0 + $1 }
        }
        var value = x
        for step in path.steps {
            var inputs = step.node.inputs
            inputs[step.position] = value
            value = try patch.add(step.node.op, inputs, layer: step.node.layer)
        }
        return try linear.rebuilt(
            input: value, filter: filter, bias: bias, graph: graph, patch: &patch)
    }
}

/// The nodes between an affine function and the linear operation that takes it up.
private struct Path {
    /// Each node and the position among its inputs at which the path enters it.
    private(set) var steps: [(node: Node, position: Int)] = []
    /// Whether a shift can move to the end of the path.
    private(set) var movesShift = true
    /// Whether a negative scale can.
    private(set) var movesNegativeScale = true
    /// For each channel at the end the index into the function's vectors; nil for the identity.
    private(set) var channelMap: [Int]?

    /// Appends a node and returns the axis behind it; nil where the function does not commute with the node.
    mutating func step(
        over node: Node, from value: ValueID, axis: Int?, in graph: Graph
    ) -> Int?? {
        guard let position = node.inputs.firstIndex(of: value),
            let result = axisBehind(node, position, axis: axis, in: graph)
        else { return nil }
        steps.append((node, position))
        return .some(result)
    }

    private mutating func axisBehind(
        _ node: Node, _ position: Int, axis: Int?, in graph: Graph
    ) -> Int?? {
        let (input, output) = (graph[node.inputs[position]].shape, graph[node.output].shape)
        switch node.op {
        case .binary(let payload) where payload.activation == .none:
            guard payload.kind == .multiply || (payload.kind == .divide && position == 0) else {
                return nil
            }
            movesShift = false
            return .some(axis.map { $0 + output.rank - input.rank })
        case .pool2D(let payload) where payload.activation == .none:
            if payload.kind == .max { movesNegativeScale = false }
            return axis == nil || axis == 3 ? .some(axis) : nil
        case .pad(let payload) where payload.value == 0:
            if let axis, payload.amounts[axis] != [0, 0] { return nil }
            movesShift = false
            return .some(axis)
        case .reduce(let payload) where payload.kind == .mean:
            guard let axis else { return .some(nil) }
            guard !payload.axes.contains(axis) else { return nil }
            let dropped = payload.keepDimensions ? 0 : payload.axes.count { $0 < axis }
            return .some(axis - dropped)
        case .transpose(let payload):
            guard let axis else { return .some(nil) }
            return payload.permutation.firstIndex(of: axis).map { .some($0) }
        case .reshape:
            guard let axis else { return .some(nil) }
            if let mapped = input.axis(axis, in: output) { return .some(mapped) }
            return flatten(input, to: output, axis: axis)
        default: return nil
        }
    }

    /// Passes a reshape that joins `axis` and all others behind the first into one.
    private mutating func flatten(_ input: Shape, to output: Shape, axis: Int) -> Int?? {
        let features = Shape(Array(input.dims.dropFirst()))
        guard axis > 0, output.rank == 2, features.isStatic, features.elementCount == output[1],
            output[1] <= 1 << 24
        else { return nil }
        let inner = features.strides[axis - 1]
        channelMap = (0..<output[1]).map { $0 / inner % input[axis] }
        return .some(1)
    }

    /// The function for each input channel of the linear operation.
    func spread(_ function: Affine, to count: Int) -> Affine {
        guard let channelMap, function.scale.count > 1 else {
            return function.expanded(to: count)
        }
        return Affine(
            scale: channelMap.map { function.scale[$0] },
            shift: channelMap.map { function.shift[$0] })
    }
}

extension LinearNode {
    /// Channels of the input.
    func inputChannels(in graph: Graph) -> Int { graph[node.inputs[0]].shape[-1] }

    /// Whether every result reads the input alone, never padding.
    fileprivate func readsNoPadding(_ input: Shape) -> Bool {
        func isInside(_ axis: Int, _ window: Int, _ stride: Int, _ dilation: Int) -> Bool {
            guard input[axis] != Shape.free else { return window == 1 }
            let amounts = Padding.same.amounts(
                input[axis], window: window, stride: stride, dilation: dilation)
            return amounts.before == 0 && amounts.after == 0
        }
        func isInside(_ strides: Size2D, _ dilations: Size2D, _ padding: Padding) -> Bool {
            padding == .valid
                || (isInside(1, filter.shape[1], strides.height, dilations.height)
                    && isInside(2, filter.shape[2], strides.width, dilations.width))
        }
        switch node.op {
        case .conv2D(let payload):
            return isInside(payload.strides, payload.dilations, payload.padding)
        case .depthwiseConv2D(let payload):
            return isInside(payload.strides, payload.dilations, payload.padding)
        case .conv3D(let payload):
            return payload.padding == .valid || filter.shape.dims.prefix(3) == [1, 1, 1]
        case .fullyConnected: return true
        default: return false
        }
    }

    /// The filter for an input scaled along its channels; nil where groups keep it from being a scaled view.
    fileprivate func filter(scaledBy scale: [Double]) -> Constant? {
        guard scale.contains(where: { $0 != 1 }) else { return filter }
        let count = filter.shape[inputAxis]
        if case .depthwiseConv2D = node.op {
            let multiplier = count / scale.count
            return filter.scaled(
                by: scale.flatMap { [Double](repeating: $0, count: multiplier) }, axis: inputAxis)
        }
        if scale.count == count { return filter.scaled(by: scale, axis: inputAxis) }
        guard scale.allSatisfy({ $0 == scale[0] }) else { return nil }
        return filter.scaled(
            by: [Double](repeating: scale[0], count: count), axis: inputAxis)
    }

    /// What a constant input, equal to `shift` along its channels, adds to each output channel; nil for filters that are too large
    /// to be read here.
    ///
    ///     contribution[o] = Σ filter[o, …, c] · shift[c]
    fileprivate func contributions(of shift: [Double]) -> [Double]? {
        guard filter.shape.elementCount <= 1 << 26 else { return nil }
        switch node.op {
        case .conv2D, .fullyConnected: return rowContributions(of: shift)
        case .depthwiseConv2D:
            let multiplier = outputChannels / shift.count
            return summed(shift) { $0 % outputChannels / multiplier }
        case .conv3D: return summed(shift) { $0 / outputChannels % shift.count }
        default: return nil
        }
    }

    /// Σ filter · shift for a filter whose last axis runs over output channels.
    private func summed(_ shift: [Double], inputChannel: (Int) -> Int) -> [Double] {
        var result = [Double](repeating: 0, count: outputChannels)
        for (index, weight) in filter.doubles().enumerated() {
            result[index % outputChannels] += weight * shift[inputChannel(index)]
        }
        return result
    }

    /// Reads the filter `[out, …, in / groups]` row by row.
    private func rowContributions(of shift: [Double]) -> [Double] {
        let rows = filter.rowCount
        let inner = filter.shape[-1]
        let rowsPerGroup = max(rows / max(shift.count / max(inner, 1), 1), 1)
        let row = Tensor.zeros(.float32, [filter.rowByteCount / 4])
        return (0..<rows).map { index in
            filter.fill(row.storage.mutableBytes, fromRow: index)
            let first = index / rowsPerGroup * inner
            return row.withElements(Float.self) { weights in
                var sum = 0.0
                var position = 0
                while position < weights.count {
                    for channel in 0..<inner {
                        sum += Double(weights[position + channel]) * shift[first + channel]
                    }
                    position += inner
                }
                return sum
            }
        }
    }
}
