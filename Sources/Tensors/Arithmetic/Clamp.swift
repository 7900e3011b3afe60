/// The clamp that an operator applies to its result.
///
/// NaN passes through every case, as in LiteRT, whose clamp is `min(max(x, lower), upper)` with
/// comparisons that NaN fails. `none` leaves infinities alone; LiteRT's built-in kernels turn them
/// into the largest finite float.
package enum Clamp: String, Sendable, Hashable {
    case none, relu, relu6
    /// A clamp to [−1, 1].
    case reluN1To1

    /// The clamp that a function of elements is; nil for other functions.
    package init?(_ function: UnaryFunction) {
        switch function {
        case .relu: self = .relu
        case .relu6: self = .relu6
        case .reluN1To1: self = .reluN1To1
        default: return nil
        }
    }

    /// The function of elements that does the same; nil for none.
    package var function: UnaryFunction? {
        switch self {
        case .none: nil
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        }
    }

    /// The least value that passes unchanged.
    package var lower: Float {
        switch self {
        case .none: -.infinity
        case .relu, .relu6: 0
        case .reluN1To1: -1
        }
    }

    /// The greatest value that passes unchanged.
    package var upper: Float {
        switch self {
        case .none, .relu: .infinity
        case .relu6: 6
        case .reluN1To1: 1
        }
    }

    /// `value` within the bounds, rounded to single precision; NaN stays NaN.
    package func callAsFunction(_ value: Double) -> Float {
        let rounded = Float(value)
        if rounded < lower { return lower }
        return rounded > upper ? upper : rounded
    }
}
