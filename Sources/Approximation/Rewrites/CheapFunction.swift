import GraphIR
import Tensors

/// A function of a few instructions.
enum CheapFunction: Sendable {
    /// relu6(x + 3) / 6
    case clampToUnit
    /// A clamp to [−1, 1].
    case clampToSignedUnit
    case hardSwish, leaky, rectifier

    /// What the report calls it.
    var name: String {
        switch self {
        case .clampToUnit: "hard sigmoid"
        case .clampToSignedUnit: "clamp to [-1, 1]"
        case .hardSwish: "hard swish"
        case .leaky: "leaky ReLU"
        case .rectifier: "ReLU"
        }
    }

    var stages: [Stage] {
        switch self {
        case .clampToUnit:
            [
                Stage(.binary(Binary(.add)), [Constant([3.0], [])]),
                Stage(.unary(Unary(.relu6)), []),
                Stage(.binary(Binary(.multiply)), [Constant([1.0 / 6], [])]),
            ]
        case .clampToSignedUnit: [Stage(.unary(Unary(.reluN1To1)), [])]
        case .hardSwish: [Stage(.unary(Unary(.hardSwish)), [])]
        case .leaky: [Stage(.leakyReLU(LeakyReLU(alpha: 0.2)), [])]
        case .rectifier: [Stage(.unary(Unary(.relu)), [])]
        }
    }
}
