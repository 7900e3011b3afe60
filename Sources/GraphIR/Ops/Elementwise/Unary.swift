import Tensors

/// A function of each element.
///
/// Input: x. Output: the shape of x.
package struct Unary: OpPayload {
    /// The function; formulas where the name leaves a doubt.
    package enum Kind: String, Sendable, Hashable, Codable, CaseIterable {
        case abs, neg, exp, log, sqrt, rsqrt, square, sin, cos, floor, ceil, sign
        /// To the nearest integer, ties to even.
        case round
        case tanh
        /// 1 / (1 + e⁻ˣ)
        case sigmoid
        case relu, relu6
        /// Clamp to [−1, 1].
        case reluN1To1
        /// Clamp to [0, 1].
        case relu0To1
        /// x for x > 0, eˣ − 1 elsewhere.
        case elu
        /// x · relu6(x + 3) / 6
        case hardSwish
        case logicalNot
    }

    package static let name = "unary"
    package var kind: Kind

    package init(_ kind: Kind) {
        self.kind = kind
    }

    package var op: Op { .unary(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, kind.rawValue)
        try Check.require(
            (inputs[0].dtype == .bool) == (kind == .logicalNot),
            "\(kind.rawValue) of \(inputs[0].dtype.rawValue)")
        return [inputs[0]]
    }
}
