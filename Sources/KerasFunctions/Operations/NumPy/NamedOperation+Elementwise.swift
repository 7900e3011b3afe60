import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Functions of each element.
    static let algebraic: [String: Single] = [
        "Identity": { arguments, _ in try arguments.input() },
        "StopGradient": { arguments, _ in
            guard let tensor = arguments.tensors.first else { return try arguments.input() }
            return tensor
        },
        "Negative": { try $1.unary(.neg, $0.input()) },
        "Absolute": { try $1.unary(.abs, $0.input()) },
        "Abs": { try $1.unary(.abs, $0.input()) },
        "Square": { arguments, builder in
            let x = try arguments.input()
            if builder.dtype(of: x).isFloat { return try builder.unary(.square, x) }
            return try builder.multiply(x, x)
        },
        "Sqrt": { try $1.unary(.sqrt, $0.floatInput()) },
        "Rsqrt": { try $1.unary(.rsqrt, $0.floatInput()) },
        "Exp": { try $1.unary(.exp, $0.floatInput()) },
        "Exp2": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.binary(.power, builder.scalar(2, like: x), x)
        },
        "Expm1": { try $1.binary(.subtract, $1.unary(.exp, $0.floatInput()), 1) },
        "Log": { try $1.unary(.log, $0.floatInput()) },
        "Log1p": { try $1.unary(.log, $1.binary(.add, $0.floatInput(), 1)) },
        "Log2": { try $1.binary(.multiply, $1.unary(.log, $0.floatInput()), 1.4426950408889634) },
        "Log10": { try $1.binary(.multiply, $1.unary(.log, $0.floatInput()), 0.4342944819032518) },
        "Reciprocal": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.divide(builder.scalar(1, like: x), x)
        },
        "Floor": { try $1.unary(.floor, $0.floatInput()) },
        "Ceil": { try $1.unary(.ceil, $0.floatInput()) },
        "Trunc": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.select(
                builder.binary(.less, x, 0), builder.unary(.ceil, x), builder.unary(.floor, x))
        },
        "Round": { arguments, builder in
            let x = try arguments.floatInput()
            let decimals = try arguments.integer("decimals", default: 0)
            guard decimals != 0 else { return try builder.unary(.round, x) }
            var factor = 1.0
            for _ in 0..<min(abs(decimals), 30) { factor *= decimals > 0 ? 10 : 0.1 }
            let scaled = try builder.unary(.round, builder.binary(.multiply, x, factor))
            return try builder.binary(.divide, scaled, factor)
        },
        "Sign": { arguments, builder in
            let x = try arguments.input()
            let sign = try builder.unary(.sign, builder.floating(x))
            return try builder.cast(sign, to: builder.dtype(of: x))
        },
        "Clip": { arguments, builder in
            let x = try arguments.argument(0, "x", "t").map { try arguments.value($0) }
            guard let x else { return try arguments.input() }
            let lower = try arguments.bound(["x_min", "clip_value_min"], like: x)
            let upper = try arguments.bound(["x_max", "clip_value_max"], like: x)
            return try builder.limited(x, lower, upper)
        },
        "Cast": { arguments, builder in
            try builder.converted(
                arguments.input(), to: arguments.elementType("dtype") ?? .float32)
        },
    ]

    /// Trigonometric and hyperbolic functions, and the error function.
    static let transcendental: [String: Single] = [
        "Sin": { try $1.unary(.sin, $0.floatInput()) },
        "Cos": { try $1.unary(.cos, $0.floatInput()) },
        "Tan": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.divide(builder.unary(.sin, x), builder.unary(.cos, x))
        },
        "Tanh": { try $1.unary(.tanh, $0.floatInput()) },
        "Sinh": { try $1.hyperbolic($0.floatInput(), .subtract) },
        "Cosh": { try $1.hyperbolic($0.floatInput(), .add) },
        "Arctan": { try $1.arcTangent($0.floatInput()) },
        "Arcsin": { try $1.arcSine($0.floatInput()) },
        "Arccos": { arguments, builder in
            let angle = try builder.arcSine(arguments.floatInput())
            return try builder.subtract(builder.scalar(.pi / 2, like: angle), angle)
        },
        "Arcsinh": { arguments, builder in
            let x = try arguments.floatInput()
            let size = try builder.unary(.abs, x)
            let root = try builder.unary(
                .sqrt, builder.binary(.add, builder.unary(.square, x), 1))
            return try builder.multiply(
                builder.unary(.sign, x), builder.unary(.log, builder.add(size, root)))
        },
        "Arccosh": { arguments, builder in
            let x = try arguments.floatInput()
            let root = try builder.unary(
                .sqrt, builder.binary(.subtract, builder.unary(.square, x), 1))
            return try builder.unary(.log, builder.add(x, root))
        },
        "Arctanh": { arguments, builder in
            let x = try arguments.floatInput()
            let ratio = try builder.divide(
                builder.binary(.add, x, 1), builder.subtract(builder.scalar(1, like: x), x))
            return try builder.binary(.multiply, builder.unary(.log, ratio), 0.5)
        },
        "Erf": { try $1.errorFunction($0.floatInput()) },
        "Erfc": { arguments, builder in
            let value = try builder.errorFunction(arguments.floatInput())
            return try builder.subtract(builder.scalar(1, like: value), value)
        },
    ]
}

extension OperationArguments {
    /// A bound under one of two names as a tensor of x's type.
    fileprivate func bound(_ names: [String], like x: ValueID) throws -> CallArgument? {
        names.lazy.compactMap { argument(nil, $0) }.first
    }
}

extension GraphBuilder {
    /// x between two bounds, which are numbers or tensors.
    fileprivate func limited(
        _ x: ValueID, _ lower: CallArgument?, _ upper: CallArgument?
    ) throws -> ValueID {
        let numbers = [lower, upper].map { $0.flatMap { plain($0) }?.number }
        if dtype(of: x).isFloat, let from = numbers[0], let to = numbers[1] {
            return try clamp(x, from: from, to: to)
        }
        var y = x
        for (kind, bound) in [(Binary.Kind.maximum, lower), (.minimum, upper)] {
            guard let bound else { continue }
            let arguments = OperationArguments(in: self)
            let values = try commonType([y, arguments.value(bound, like: y)], float: false)
            y = try binary(kind, values[0], values[1])
        }
        return y
    }
}
