import GraphIR
import Tensors

extension Graph {
    /// Bounds of all elements of a value, as far as the operations before it tell.
    ///
    /// - Parameter depth: how many operations are looked at on the way up.
    func range(of id: ValueID, depth: Int = 5) -> ClosedRange<Double> {
        let everything = -Double.infinity...Double.infinity
        guard depth > 0, let node = producer(of: id) else { return everything }
        switch node.op {
        case .unary(let payload): return payload.kind.range
        case .softmax: return 0...1
        case .leakyReLU, .prelu, .gelu: return everything
        case .pool2D(let payload):
            return range(of: node.inputs[0], depth: depth - 1).clamped(to: payload.activation.range)
        case .reshape, .transpose, .slice, .tile, .broadcast, .reverse, .gather, .mirrorPad,
            .depthToSpace, .spaceToDepth:
            return range(of: node.inputs[0], depth: depth - 1)
        case .reduce(let payload) where [.mean, .max, .min].contains(payload.kind):
            return range(of: node.inputs[0], depth: depth - 1)
        case .pad(let payload):
            let inner = range(of: node.inputs[0], depth: depth - 1)
            let value = Double(payload.value)
            return Swift.min(inner.lowerBound, value)...Swift.max(inner.upperBound, value)
        case .concatenate:
            let ranges = node.inputs.map { range(of: $0, depth: depth - 1) }
            let low = ranges.map(\.lowerBound).min() ?? -.infinity
            return low...(ranges.map(\.upperBound).max() ?? .infinity)
        default: return node.op.activation?.range ?? everything
        }
    }
}

extension Unary.Kind {
    /// Bounds of the results of the function.
    fileprivate var range: ClosedRange<Double> {
        switch self {
        case .relu, .abs, .exp, .sqrt, .rsqrt, .square: 0...(.infinity)
        case .relu6: 0...6
        case .sigmoid, .relu0To1: 0...1
        case .tanh, .reluN1To1, .sin, .cos, .sign: -1...1
        case .elu: -1...(.infinity)
        default: -.infinity...(.infinity)
        }
    }
}

extension Clamp {
    /// Bounds of clamped values.
    fileprivate var range: ClosedRange<Double> {
        switch self {
        case .none: -.infinity...(.infinity)
        case .relu: 0...(.infinity)
        case .relu6: 0...6
        case .reluN1To1: -1...1
        }
    }
}
