import GraphIR
import KerasFormat
import Problems
import Tensors

/// A function that Keras applies under a name: `activation="relu"`.
package enum KerasActivation: Sendable, CaseIterable {
    case linear, relu, relu6, elu, selu, celu, gelu, silu, sigmoid, tanh, softplus, softsign, mish
    case softmax, glu, threshold, sparsemax, exponential, leakyReLU, logSoftmax, logSigmoid
    /// clip(0.2x + 0.5, 0, 1), the `hard_sigmoid` of Keras 1 and 2.
    case hardSigmoid
    /// relu6(x + 3) / 6, the `hard_sigmoid` of Keras 3.
    case steepHardSigmoid
    case hardSiLU, hardTanh, tanhShrink, hardShrink, softShrink, squareplus, sparsePlus
    case sparseSigmoid

    /// The functions by Keras' own names.
    package static let names: KeyValuePairs<String, KerasActivation> = [
        "linear": .linear, "relu": .relu, "relu6": .relu6, "elu": .elu, "selu": .selu,
        "celu": .celu, "gelu": .gelu, "silu": .silu, "sigmoid": .sigmoid, "tanh": .tanh,
        "softplus": .softplus, "softsign": .softsign, "mish": .mish, "softmax": .softmax,
        "glu": .glu, "threshold": .threshold, "sparsemax": .sparsemax,
        "exponential": .exponential, "leaky_relu": .leakyReLU, "log_softmax": .logSoftmax,
        "log_sigmoid": .logSigmoid, "hard_sigmoid": .hardSigmoid, "hard_silu": .hardSiLU,
        "hard_tanh": .hardTanh, "tanh_shrink": .tanhShrink, "hard_shrink": .hardShrink,
        "soft_shrink": .softShrink, "squareplus": .squareplus, "sparse_plus": .sparsePlus,
        "sparse_sigmoid": .sparseSigmoid,
    ]

    /// Names that mean the same in some files.
    private static let aliases = [
        "swish": "silu", "hard_swish": "hard_silu", "softmax_v2": "softmax",
        "log_softmax_v2": "log_softmax",
    ]

    /// Whether a name is that of an activation of Keras.
    package static func isKnown(_ name: String) -> Bool {
        let canonical = aliases[name] ?? name
        return names.contains { $0.key == canonical }
    }

    /// The function that a version of Keras means by a name.
    ///
    /// - Throws: `Problem.Kind.unsupported` for a name that is not Keras' own.
    package init(named name: String, version: KerasVersion) throws {
        let canonical = Self.aliases[name] ?? name
        guard let function = Self.names.first(where: { $0.key == canonical })?.value else {
            throw Problem(
                .unsupported(
                    what: "the activation '\(name)' is not one of Keras' own",
                    remedy: "Name one that computes the same with \(.layerClass), express it with "
                        + "Keras' activations and layers, or describe it in Swift with "
                        + "Converter.registerActivation."))
        }
        let isSteep = function == .hardSigmoid && version.hardSigmoidIsSteep
        self = isSteep ? .steepHardSigmoid : function
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
        case .mish: try builder.mish(x)
        case .softmax: try builder.softmax(x, axis: builder.shape(of: x).rank - 1)
        case .logSoftmax: try builder.add(.logSoftmax(LogSoftmax()), [x])
        case .logSigmoid: try builder.logSigmoid(x)
        case .hardSigmoid: try builder.clippedLine(x, slope: 0.2, offset: 0.5)
        case .steepHardSigmoid:
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
                    what: "the activation 'threshold' lacks its parameters",
                    remedy: "Use ReLU(threshold=…) or another activation."))
        }
    }
}
