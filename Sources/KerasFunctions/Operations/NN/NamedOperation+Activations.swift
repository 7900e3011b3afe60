import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Activations.
    static let activations: [String: Single] = [
        "Relu": { try $1.applied(.relu, $0) },
        "ReLU": { arguments, builder in
            let maximum = try arguments.number(nil, "max_value", default: .infinity)
            return try builder.rectify(
                arguments.floatInput(), maximum: maximum == .infinity ? nil : maximum,
                slope: arguments.number(nil, "negative_slope", default: 0),
                threshold: arguments.number(nil, "threshold", default: 0))
        },
        "Relu6": { try $1.applied(.relu6, $0) },
        "Selu": { try $1.applied(.selu, $0) },
        "Silu": { arguments, builder in
            let x = try arguments.floatInput()
            let beta = try arguments.number(nil, "beta", default: 1)
            let slope = beta == 1 ? x : try builder.binary(.multiply, x, beta)
            return try builder.multiply(x, builder.unary(.sigmoid, slope))
        },
        "Sigmoid": { try $1.applied(.sigmoid, $0) },
        "HardSigmoid": { try $1.applied(.steepHardSigmoid, $0) },
        "HardSilu": { try $1.applied(.hardSiLU, $0) },
        "HardTanh": { try $1.applied(.hardTanh, $0) },
        "LogSigmoid": { try $1.applied(.logSigmoid, $0) },
        "Mish": { try $1.applied(.mish, $0) },
        "Softplus": { try $1.applied(.softplus, $0) },
        "Softsign": { try $1.applied(.softsign, $0) },
        "SparsePlus": { try $1.applied(.sparsePlus, $0) },
        "SparseSigmoid": { try $1.applied(.sparseSigmoid, $0) },
        "TanhShrink": { try $1.applied(.tanhShrink, $0) },
        "Elu": { arguments, builder in
            try builder.elu(
                arguments.floatInput(), alpha: arguments.number(nil, "alpha", default: 1))
        },
        "Celu": { arguments, builder in
            let x = try arguments.floatInput()
            let alpha = try arguments.number(nil, "alpha", default: 1)
            if alpha == 1 { return try builder.unary(.elu, x) }
            let negative = try builder.unary(
                .elu, builder.binary(.multiply, builder.binary(.minimum, x, 0), 1 / alpha))
            return try builder.add(
                builder.unary(.relu, x), builder.binary(.multiply, negative, alpha))
        },
        "LeakyRelu": { arguments, builder in
            let slope =
                try arguments.argument(nil, "alpha") == nil
                ? arguments.number(nil, "negative_slope", default: 0.2)
                : arguments.number(nil, "alpha")
            return try builder.add(
                .leakyReLU(LeakyReLU(alpha: Float(slope))), [arguments.floatInput()])
        },
        "Gelu": { arguments, builder in
            let approximates = arguments.flag("approximate", default: true)
            return try builder.add(
                .gelu(GELU(approximate: approximates)), [arguments.floatInput()])
        },
        "Glu": { arguments, builder in
            let x = try arguments.floatInput()
            let axis = try arguments.integer("axis", default: -1)
            return try builder.gatedLinearUnit(x, axis: builder.shape(of: x).checkedAxis(axis))
        },
        "Crelu": { arguments, builder in
            let x = try arguments.floatInput()
            let axis = try arguments.integer("axis", default: -1)
            let both = try builder.joined([x, builder.unary(.neg, x)], axis: axis)
            return try builder.unary(.relu, both)
        },
        "HardShrink": { arguments, builder in
            let x = try arguments.floatInput()
            let threshold = try arguments.number(nil, "threshold", default: 0.5)
            let isFar = try builder.binary(.greater, builder.unary(.abs, x), threshold)
            return try builder.select(isFar, x, builder.scalar(0, like: x))
        },
        "SoftShrink": { arguments, builder in
            let x = try arguments.floatInput()
            let threshold = try arguments.number(nil, "threshold", default: 0.5)
            return try builder.subtract(x, builder.clamp(x, from: -threshold, to: threshold))
        },
        "Threshold": { arguments, builder in
            let x = try arguments.floatInput()
            let isAbove = try builder.binary(.greater, x, arguments.number(nil, "threshold"))
            let other = try arguments.number(nil, "default_value")
            return try builder.select(isAbove, x, builder.scalar(other, like: x))
        },
        "Squareplus": { arguments, builder in
            let x = try arguments.floatInput()
            let b = try arguments.number(nil, "b", default: 4)
            let root = try builder.unary(
                .sqrt, builder.binary(.add, builder.unary(.square, x), b))
            return try builder.binary(.multiply, builder.add(x, root), 0.5)
        },
        "Sparsemax": { arguments, builder in
            let x = try arguments.floatInput()
            let axis = try arguments.integer("axis", default: -1)
            return try builder.sparsemax(x, axis: builder.shape(of: x).checkedAxis(axis))
        },
        "Softmax": { arguments, builder in
            let x = try arguments.floatInput()
            let isFlat = arguments.isGiven("axis") && arguments.argument(nil, "axis") == nil
            let shape = builder.shape(of: x)
            let axes = isFlat ? Array(shape.dims.indices) : try arguments.axes(of: shape)
            return try builder.softmax(x, axes: axes)
        },
        "LogSoftmax": { arguments, builder in
            let x = try arguments.floatInput()
            let axes = try arguments.axes(of: builder.shape(of: x))
            return try builder.alongLastAxis(x, axis: axes.only()) {
                try builder.add(.logSoftmax(LogSoftmax()), [$0])
            }
        },
    ]
}

extension OperationArguments {
    /// The axes of a softmax, the last by default.
    fileprivate func axes(of shape: Shape) throws -> [Int] {
        try shape.checkedAxes(integers(nil, "axis") ?? integers(1, "dim") ?? [-1])
    }
}

extension GraphBuilder {
    fileprivate func applied(
        _ function: KerasActivation, _ arguments: OperationArguments
    ) throws -> ValueID {
        try function.apply(to: arguments.floatInput(), in: self)
    }
}
