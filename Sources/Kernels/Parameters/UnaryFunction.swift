/// A function of one number that is applied to every element.
package enum UnaryFunction: Sendable, Hashable {
    case absolute, negative, sign, square
    case exponential, logarithm, squareRoot, reciprocalSquareRoot
    case sine, cosine, tanh, sigmoid
    case floor, ceiling
    /// Round half to even.
    case round
    case relu, relu6, reluN1To1, relu0To1
    /// `x` where positive, `exp(x) − 1` elsewhere.
    case elu
    /// `x` where positive, `alpha·x` elsewhere.
    case leakyRelu(alpha: Float)
    /// `x·relu6(x + 3) / 6`.
    case hardSwish
    /// `x·Φ(x)`; `approximate` is `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))`.
    case gelu(approximate: Bool)
}
