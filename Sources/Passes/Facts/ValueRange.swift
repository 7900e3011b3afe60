import GraphIR
import Tensors

extension Graph {
    /// Bounds of all elements of a value, as far as the operations before it tell.
    ///
    /// - Parameter depth: how many operations are looked at on the way up.
    func range(of id: ValueID, depth: Int = 5) -> ClosedRange<Double> {
        guard depth > 0, let node = producer(of: id) else { return Clamp.none.range }
        let clamp = node.op.activation ?? .none
        if case .unary(let unary) = node.op { return unary.kind.range }
        if case .softmax = node.op { return 0...1 }
        if case .pad(let pad) = node.op {
            let inner = range(of: node.inputs[0], depth: depth - 1)
            let value = Double(pad.value)
            return Swift.min(inner.lowerBound, value)...Swift.max(inner.upperBound, value)
        }
        let unclamped = node.op.clamping(to: .none) ?? node.op
        let linearity = unclamped.payload.linearity(for: types(of: node.inputs))
        if linearity.staysBetweenInputs {
            return range(of: node.inputs[0], depth: depth - 1).clamped(to: clamp.range)
        }
        if linearity == .joining {
            let ranges = node.inputs.map { range(of: $0, depth: depth - 1) }
            let low = ranges.map(\.lowerBound).min() ?? -.infinity
            return low...(ranges.map(\.upperBound).max() ?? .infinity)
        }
        return clamp.range
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
