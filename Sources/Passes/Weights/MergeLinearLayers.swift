import Foundations
import GraphIR
import Tensors

/// Multiplies two linear layers in a row into one.
///
///     before   x ─ Dense(w, b) ─ Dense(v, c) ─ y
///     after    x ─ Dense(v·w, v·b + c) ─ y
///
///     before   x ─ Conv2D(k×k, w) ─ Conv2D(1×1, v) ─ y        x ─ Conv2D(1×1, w) ─ Conv2D(k×k, v, valid) ─ y
///     after    x ─ Conv2D(k×k, v·w) ─ y                       x ─ Conv2D(k×k, v·w, valid) ─ y
///
/// Requires that there is no activation between them, that nothing else reads the value there, and that the cost model predicts less
/// time. Exact up to rounding.
package struct MergeLinearLayers: Pass {
    package let name = "merge-linear-layers"
    package let summary =
        "Multiplies consecutive linear layers into one where that takes less time."

    /// The most multiplications that a merged filter may take.
    private static let largestProduct = 1 << 28

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let second = LinearNode(node, in: graph), second.mixesChannels(in: graph),
            let producer = graph.soleProducer(of: node.inputs[0]),
            graph[node.inputs[0]].trainedRange == nil,
            let first = LinearNode(producer, in: graph), first.mixesChannels(in: graph),
            producer.op.activation == Clamp.none, producer.op.kind == node.op.kind,
            let op = op(first, second, in: graph)
        else { return .none }
        let (before, after) = (first.filter.shape, second.filter.shape)
        var shape = before.rank == 2 || second.isPointwise ? before : after
        (shape[0], shape[-1]) = (after[0], before[-1])
        let work = saturatingProduct(shape.elementCount, before[0])
        guard work <= Self.largestProduct else { return .none }
        let types = [TensorType(.float32, shape), TensorType(.float32, [after[0]])]
        let stages = [(op: op, constants: types)]
        guard try graph.predictsLess(stages, than: producer, node, by: context.cost) else {
            return .none
        }
        let filter = product(second, first)
        let bias = bias(second, first)
        guard (filter + bias).allSatisfy(\.isFinite) else { return .none }
        return try .replacing(node, in: graph) { patch in
            let weights = patch.constant(Constant(filter, shape), inPlaceOf: node.inputs[1])
            let shift = patch.constant(Constant(bias, [bias.count]), role: "bias")
            return try patch.add(op, [producer.inputs[0], weights, shift])
        }
    }

    /// The operation of both; nil if strides or padding do not allow one.
    private func op(_ first: LinearNode, _ second: LinearNode, in graph: Graph) -> Op? {
        if case .fullyConnected = second.node.op { return second.node.op }
        guard case .conv2D(var inner) = first.node.op, case .conv2D(let outer) = second.node.op
        else { return nil }
        if second.isPointwise, outer.strides == .one {
            inner.activation = outer.activation
            return inner.op
        }
        guard first.isPointwise, inner.strides == .one, !second.axes.meetsBorder else { return nil }
        return outer.op
    }

    /// v · b + c, for weights v [out, …, mid] and biases b [mid] and c [out].
    private func bias(_ second: LinearNode, _ first: LinearNode) -> [Double] {
        let (inner, weights) = (first.biasValues, second.filter.doubles())
        var bias = second.biasValues
        let size = weights.count / max(bias.count, 1)
        for output in bias.indices {
            for index in 0..<size {
                bias[output] += weights[output * size + index] * inner[index % inner.count]
            }
        }
        return bias
    }

    /// v · w, for weights v [out, …, mid] and w [mid, …].
    private func product(_ second: LinearNode, _ first: LinearNode) -> [Double] {
        let (v, w) = (second.filter.doubles(), first.filter.doubles())
        let middle = first.outputChannels
        let (rows, inputs) = (v.count / middle, w.count / middle)
        var result = [Double](repeating: 0, count: rows * inputs)
        for row in 0..<rows {
            for index in 0..<middle {
                let factor = v[row * middle + index]
                for input in 0..<inputs {
                    result[row * inputs + input] += factor * w[index * inputs + input]
                }
            }
        }
        return result
    }
}

extension LinearNode {
    /// Whether the window of the filter is one element.
    fileprivate var isPointwise: Bool {
        filter.shape.dims.dropFirst().dropLast().allSatisfy { $0 == 1 }
    }
}
