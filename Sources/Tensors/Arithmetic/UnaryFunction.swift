/// A function of each element; formulas if the name leaves a doubt.
package enum UnaryFunction: String, Sendable, Hashable, CaseIterable {
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
    /// 1 for 0, else 0.
    case logicalNot
}
