import GraphIR
import Tensors

/// A way to move an affine function forward into the linear operation that reads its result.
///
/// Operations between them commute with the function as in `ProducerFolding`; products with other tensors do so too, and behind a
/// concatenation the function leaves the other channels alone. A shift cannot pass products and ReLU, nor padding whose border would
/// have to be something else than zero, nor padding inside a convolution; then only the scale moves.
struct ConsumerFolding {
    let linear: LinearNode
    /// Whether an activation stands before the linear operation.
    var passesActivation: Bool { path.passesActivation }
    private let path: Path
    private let movesShift: Bool

    /// Finds the way from a value whose function varies along `axis`.
    ///
    /// - Parameter reader: the node with which the way begins; nil for the only one that reads the value.
    init?(_ value: ValueID, axis: Int?, reader: Node? = nil, in graph: Graph) {
        var (value, axis) = (value, axis)
        var path = Path()
        var next = reader ?? graph.soleUser(of: value)
        while let node = next {
            if node.inputs[0] == value, let linear = LinearNode(node, in: graph) {
                guard axis == nil || axis == graph[value].shape.rank - 1 else { return nil }
                self.linear = linear
                self.path = path
                movesShift = path.movesShift && !linear.axes.meetsBorder
                return
            }
            switch path.step(over: node, from: value, axis: axis, in: graph) {
            case .uniform: axis = nil
            case .axis(let next): axis = next
            case .blocked: return nil
            }
            value = node.output
            next = graph.soleUser(of: value)
        }
        return nil
    }

    /// Whether nothing but constants is read on the way.
    func readsOnlyConstants(in graph: Graph) -> Bool {
        path.steps.allSatisfy { step in
            step.node.inputs.enumerated().allSatisfy {
                $0.offset == step.position || graph.isConstant($0.element)
            }
        }
    }

    /// Adds the nodes behind `x`, the function moved into the linear operation; nil if numbers or groups do not allow it.
    ///
    /// - Parameter limit: the most elements of weights that are read.
    func build(
        _ function: Affine, from x: ValueID, reading limit: Int, patch: PatchWriter
    ) throws -> ValueID? {
        let full = path.spread(function, to: patch.shape(of: linear.node.inputs[0])[-1])
        guard !linear.roundsInputs || full.isUniformScale else { return nil }
        guard let filter = linear.filter(scaledBy: full.scale),
            path.movesNegativeScale || full.scale.allSatisfy({ $0 >= 0 })
        else { return nil }
        var bias = linear.biasValues
        if !full.shiftsNothing {
            guard movesShift,
                let contributions = linear.contributions(
                    of: full.shift, reading: limit)
            else {
                return nil
            }
            bias = zip(bias, contributions).map { $0 + $1 }
        }
        var value = x
        for step in path.steps {
            var (op, inputs) = (step.node.op, step.node.inputs)
            if case .pad(let pad) = op {
                guard let mapped = full.removed(from: pad) else { return nil }
                op = mapped.op
            }
            inputs[step.position] = value
            value = try patch.add(op, inputs, layer: step.node.layer)
        }
        return try linear.rebuilt(input: value, filter: filter, bias: bias, patch: patch)
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
    private(set) var passesActivation = false
    /// For each channel at the end the index into the function's vectors, or nil if the function leaves it alone; nil for the identity.
    private(set) var channelMap: [Int?]?

    /// Appends a node and returns the axis behind it, unless the function does not commute with the node.
    mutating func step(
        over node: Node, from value: ValueID, axis: Int?, in graph: Graph
    ) -> AxisPassage {
        guard let position = node.inputs.firstIndex(of: value) else { return .blocked }
        var linearity = graph.linearity(of: node)
        if case .pad = node.op { linearity = .selection }
        guard position == 0 || linearity == .bilinear || linearity == .joining else {
            return .blocked
        }
        let (input, output) = (graph[value].shape, graph[node.output].shape)
        let axes = graph.axes(of: node)
        var passage = axes.passage(onFrom: axis)
        switch linearity {
        case .selection where passage == .blocked: passage = flatten(node, input, to: output, axis)
        case .selection, .mean: break
        case .extremum: movesNegativeScale = false
        case .homogeneous:
            (movesShift, movesNegativeScale, passesActivation) = (false, false, true)
        case .linear, .bilinear: movesShift = false
        case .joining: passage = join(node, at: position, axis, in: graph)
        case .filter, .sum, .elementwise, .opaque: passage = .blocked
        }
        if passage != .blocked, axes.layout == .free {
            passage = axis.map { .axis($0 + output.rank - input.rank) } ?? .uniform
        }
        if passage != .blocked { steps.append((node, position)) }
        return passage
    }

    /// Passes a concatenation, behind which the function varies along its axis.
    private mutating func join(
        _ node: Node, at position: Int, _ axis: Int?, in graph: Graph
    ) -> AxisPassage {
        guard case .concatenate(let payload) = node.op, axis == nil || axis == payload.axis else {
            return .blocked
        }
        let extents = node.inputs.map { graph[$0].shape[payload.axis] }
        guard !extents.contains(Shape.free), graph[node.output].shape[payload.axis] <= 1 << 24
        else {
            return .blocked
        }
        let own: [Int?] = channelMap ?? (0..<extents[position]).map { axis == nil ? 0 : $0 }
        let before = [Int?](repeating: nil, count: extents[..<position].reduce(0, +))
        let after = [Int?](repeating: nil, count: extents[(position + 1)...].reduce(0, +))
        channelMap = before + own + after
        return .axis(payload.axis)
    }

    /// Passes a reshape that joins `axis` and all others behind the first into one.
    private mutating func flatten(
        _ node: Node, _ input: Shape, to output: Shape, _ axis: Int?
    ) -> AxisPassage {
        let features = Shape(Array(input.dims.dropFirst()))
        guard case .reshape = node.op, let axis, axis > 0, output.rank == 2, features.isStatic,
            features.elementCount == output[1], output[1] <= 1 << 24
        else { return .blocked }
        let inner = features.strides[axis - 1]
        let channels = channelMap
        channelMap = (0..<output[1]).map {
            let channel = $0 / inner % input[axis]
            return channels == nil ? channel : channels?[channel]
        }
        return .axis(1)
    }

    /// The function for each input channel of the linear operation.
    func spread(_ function: Affine, to count: Int) -> Affine {
        guard let channelMap else { return function.expanded(to: count) }
        let isUniform = function.scale.count == 1
        func elements(_ vector: [Double], else other: Double) -> [Double] {
            channelMap.map { channel in channel.map { vector[isUniform ? 0 : $0] } ?? other }
        }
        return Affine(
            scale: elements(function.scale, else: 1), shift: elements(function.shift, else: 0))
    }
}

extension Affine {
    /// Whether all numbers are multiplied by the same, so that they are rounded alike.
    fileprivate var isUniformScale: Bool {
        shiftsNothing && scale.allSatisfy { $0 == scale[0] }
    }
}

extension LinearNode {
    /// Whether the layer rounds its input to integers when it runs, which depends on what is folded into its weights.
    fileprivate var roundsInputs: Bool { filter.grid?.origin == .file(roundsInputs: true) }

    /// The filter for an input scaled along its channels; nil if groups keep it from being a scaled view.
    fileprivate func filter(scaledBy scale: [Double]) -> Constant? {
        guard scale.contains(where: { $0 != 1 }) else { return filter }
        let count = filter.shape[axes.input]
        if axes.input == axes.output {
            let multiplier = count / scale.count
            return filter.scaled(
                by: scale.flatMap { [Double](repeating: $0, count: multiplier) }, axis: axes.input)
        }
        if scale.count == count { return filter.scaled(by: scale, axis: axes.input) }
        guard scale.allSatisfy({ $0 == scale[0] }) else { return nil }
        return filter.scaled(
            by: [Double](repeating: scale[0], count: count), axis: axes.input)
    }

    /// What a constant input, equal to `shift` along its channels, adds to each output channel; nil for filters of more elements
    /// than `limit`.
    ///
    ///     contribution[o] = Σ filter[o, …, c] · shift[c]
    fileprivate func contributions(of shift: [Double], reading limit: Int) -> [Double]? {
        guard filter.shape.elementCount <= limit else { return nil }
        if axes.output == 0 { return rowContributions(of: shift) }
        let multiplier = axes.input == axes.output ? outputChannels / shift.count : 1
        let inner = filter.shape.strides[axes.input] * multiplier
        return summed(shift) { $0 / inner % shift.count }
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
