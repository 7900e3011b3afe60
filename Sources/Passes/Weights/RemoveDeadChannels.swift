import Evaluation
import GraphIR
import Tensors

/// Removes channels that hold a constant, or that the next layer multiplies with zero.
///
///     before   x ─ Conv2D(8 filters, two of them zero) ─ ReLU ─ Conv2D(w, b) ─ y
///     after    x ─ Conv2D(6 filters) ─ ReLU ─ Conv2D(w of 6 channels, b + w · relu(bias) of the other two) ─ y
///
/// Filters are zero after pruning, and behind a batch normalization whose gamma is 0. Between the two layers stands what
/// `ChannelPath` knows. A constant that is not 0 must not meet padding with zeros. Exact up to rounding for finite inputs.
package struct RemoveDeadChannels: Pass {
    package let name = "remove-dead-channels"
    package let summary =
        "Removes channels that are constant or not read, with their constant in the next bias."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let path = ChannelPath(from: node, in: graph), path.mayHaveDeadChannels,
            path.isReadable(within: context.budget)
        else { return .none }
        let constants = try path.constants()
        let weights = path.end.filter.doubles()
        var bias = path.end.biasValues
        let padsEnd = path.end.axes.meetsBorder
        var dead: Set<Int> = []
        for channel in 0..<path.start.outputChannels where dead.count + 1 < constants.count {
            let sums = path.sums(of: channel, weights)
            if sums.isZero {
                dead.insert(channel)
            } else if let constant = constants[channel], constant == 0 || !padsEnd {
                dead.insert(channel)
                bias = zip(bias, sums.values).map { $0 + $1 * constant }
            }
        }
        guard !dead.isEmpty, bias.allSatisfy(\.isFinite) else { return .none }
        let kept = (0..<constants.count).filter { !dead.contains($0) }
        return try .replacing(path.end.node, in: graph) { patch in
            try path.rebuilt(
                keeping: kept, endFilter: weights, endBias: bias, patch: patch)
        }
    }
}

extension ChannelPath {
    /// Whether a look at a few weights leaves the possibility of dead channels.
    fileprivate var mayHaveDeadChannels: Bool {
        guard start.outputChannels > 1 else { return false }
        func line(_ linear: LinearNode, along axis: Int) -> [Double] {
            linear.filter.shape.dims.indices.filter { $0 != axis }.reduce(linear.filter) {
                $0.sliced(0..<1, axis: $1)
            }.doubles()
        }
        var lines = [line(start, along: start.axes.output), line(end, along: end.axes.input)]
        for case .depthwise(let linear) in steps {
            lines.append(line(linear, along: linear.axes.output))
        }
        return lines.contains { $0.contains(0) }
    }

    /// The elements of channels that are constant when they arrive at the end.
    fileprivate func constants() throws -> [Double?] {
        let rows = start.outputRows
        let clamp = start.node.op.activation ?? .none
        var values = zip(rows, start.biasValues).map { row, bias in
            row.allSatisfy { $0 == 0 } ? Double(clamp(bias)) : nil
        }
        for step in steps {
            switch step {
            case .elements(let node):
                values = try values.map { value in
                    try value.map { try node.op.elementwise($0) }
                }
            case .gated(let function, _):
                values = try values.map { value in
                    try value.map { try $0 * function.op.elementwise($0) }
                }
            case .padding(let node):
                guard case .pad(let pad) = node.op else { continue }
                values = values.map { $0 == Double(pad.value) ? $0 : nil }
            case .depthwise(let linear):
                let clamp = linear.node.op.activation ?? .none
                values = zip(values, zip(linear.outputRows, linear.biasValues)).map { value, own in
                    let (window, bias) = own
                    if window.allSatisfy({ $0 == 0 }) { return Double(clamp(bias)) }
                    guard let value, value == 0 || !linear.axes.meetsBorder else { return nil }
                    return Double(clamp(bias + value * window.reduce(0, +)))
                }
            case .flattening: break
            }
        }
        return values
    }

    /// For each output of the end the sum of the weights for one channel, and whether all of them are zero.
    fileprivate func sums(
        of channel: Int, _ weights: [Double]
    ) -> (values: [Double], isZero: Bool) {
        let (shape, count) = (end.filter.shape, end.outputChannels)
        let (size, width) = (shape.elementCount / count, shape[end.axes.input])
        var (values, isZero) = ([Double](repeating: 0, count: count), true)
        for output in 0..<count {
            for start in stride(from: output * size, to: (output + 1) * size, by: width) {
                for input in inputs(of: channel) where weights[start + input] != 0 {
                    values[output] += weights[start + input]
                    isZero = false
                }
            }
        }
        return (values, isZero)
    }
}

extension Op {
    /// The result where all elements are one number, for functions of elements and those that give equal elements back.
    fileprivate func elementwise(_ value: Double) throws -> Double {
        if case .reduce = self { return value }
        if case .pool2D(let pool) = self { return Double(pool.activation(value)) }
        let results = try evaluate(inputs: [Tensor([Float(value)], [1])]).map { Constant($0) }
        return results.first?.scalarValue ?? .nan
    }
}
