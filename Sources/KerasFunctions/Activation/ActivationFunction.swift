import GraphIR
import KerasFormat
import Problems
import Tensors

/// A function that Keras applies under a name: `activation="relu"`.
package enum ActivationFunction: String, Sendable, CaseIterable {
    case linear, relu, relu6, elu, selu, celu, gelu, silu, sigmoid, tanh, softplus, softsign, mish
    case softmax, glu, threshold, sparsemax
    case exponential = "exponential"
    case leakyReLU = "leaky_relu"
    case logSoftmax = "log_softmax"
    case logSigmoid = "log_sigmoid"
    /// clip(0.2x + 0.5, 0, 1), in Keras 1 and 2.
    case hardSigmoid = "hard_sigmoid"
    /// relu6(x + 3) / 6, in Keras 3 under the name `hard_sigmoid`.
    case hardSigmoid3 = "hard_sigmoid of Keras 3"
    case hardSiLU = "hard_silu"
    case hardTanh = "hard_tanh"
    case tanhShrink = "tanh_shrink"
    case hardShrink = "hard_shrink"
    case softShrink = "soft_shrink"
    case squareplus
    case sparsePlus = "sparse_plus"
    case sparseSigmoid = "sparse_sigmoid"

    /// The function that a generation of Keras means by a name.
    ///
    /// - Throws: `Problem.Kind.unsupported` for a name that is not Keras' own.
    package init(named name: String, generation: KerasVersion.Generation) throws {
        let canonical: String
        switch name {
        case "swish": canonical = "silu"
        case "hard_swish": canonical = "hard_silu"
        case "softmax_v2": canonical = "softmax"
        case "log_softmax_v2": canonical = "log_softmax"
        case "hard_sigmoid" where generation == .keras3:
            canonical = ActivationFunction.hardSigmoid3.rawValue
        default: canonical = name
        }
        guard let function = ActivationFunction(rawValue: canonical) else {
            throw Problem(
                .unsupported(
                    what: "the activation '\(name)' is not one of Keras' own",
                    remedy: "Express it with Keras' activations and layers, or describe it in "
                        + "Swift with Converter.registerActivation."))
        }
        self = function
    }

    /// The function of each element of x, or along its last axis.
    package func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        switch self {
        case .linear: x
        case .relu: try builder.unary(.relu, x)
        case .relu6: try builder.unary(.relu6, x)
        case .leakyReLU: try builder.add(.leakyReLU(LeakyReLU(alpha: 0.2)), [x])
        case .elu, .celu: try builder.unary(.elu, x)
        case .selu: try builder.selu(x)
        case .gelu: try builder.add(.gelu(GELU(approximate: false)), [x])
        case .silu: try builder.multiply(x, builder.unary(.sigmoid, x))
        case .sigmoid: try builder.unary(.sigmoid, x)
        case .tanh: try builder.unary(.tanh, x)
        case .exponential: try builder.unary(.exp, x)
        case .softplus: try builder.softplus(x)
        case .softsign: try builder.softsign(x)
        case .mish: try builder.multiply(x, builder.unary(.tanh, builder.softplus(x)))
        case .softmax: try builder.softmax(x, axis: builder.shape(of: x).rank - 1)
        case .logSoftmax: try builder.add(.logSoftmax(LogSoftmax()), [x])
        case .logSigmoid: try builder.unary(.neg, builder.softplus(builder.unary(.neg, x)))
        case .hardSigmoid: try builder.clippedLine(x, slope: 0.2, offset: 0.5)
        case .hardSigmoid3:
            try builder.binary(
                .multiply, builder.unary(.relu6, builder.binary(.add, x, 3)), 1.0 / 6)
        case .hardSiLU: try builder.unary(.hardSwish, x)
        case .hardTanh: try builder.unary(.reluN1To1, x)
        case .tanhShrink: try builder.subtract(x, builder.unary(.tanh, x))
        case .hardShrink: try builder.hardShrink(x)
        case .softShrink: try builder.subtract(x, builder.clamp(x, from: -0.5, to: 0.5))
        case .squareplus: try builder.squareplus(x)
        case .sparsePlus: try builder.sparsePlus(x)
        case .sparseSigmoid: try builder.clippedLine(x, slope: 0.5, offset: 0.5)
        case .glu: try builder.gatedLinearUnit(x, axis: builder.shape(of: x).rank - 1)
        case .sparsemax: try builder.sparsemax(x, axis: builder.shape(of: x).rank - 1)
        case .threshold:
            throw Problem(
                .unsupported(
                    what: "the activation '\(rawValue)' without its parameters",
                    remedy: "Use ReLU(threshold=…) or another activation."))
        }
    }
}
