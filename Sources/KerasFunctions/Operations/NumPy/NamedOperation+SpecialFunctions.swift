import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions of each element that are rarer, by formulas.
    static let numbers: [String: Single] = [
        "Fabs": { try $1.unary(.abs, $0.floatInput()) },
        "Real": { arguments, _ in try arguments.input() },
        "Conj": { arguments, _ in try arguments.input() },
        "Conjugate": { arguments, _ in try arguments.input() },
        "Copy": { arguments, _ in try arguments.input() },
        "Array": { arguments, builder in try builder.converted(arguments) },
        "ConvertToTensor": { arguments, builder in try builder.converted(arguments) },
        "Imag": { try $1.binary(.multiply, $1.ones(like: $0.floatInput()), 0) },
        "Isreal": { arguments, builder in
            try builder.binary(.equal, builder.ones(like: arguments.input()), 1)
        },
        "Angle": { arguments, builder in
            let x = try arguments.floatInput()
            return try builder.select(
                builder.binary(.less, x, 0), builder.scalar(.pi, like: x),
                builder.scalar(0, like: x))
        },
        "Signbit": { arguments, builder in
            let x = try arguments.input()
            return try builder.binary(
                .less,
                builder.dtype(of: x) == .bool
                    ? builder.cast(x, to: .int32) : x, 0)
        },
        "Deg2rad": { try $1.binary(.multiply, $0.floatInput(), .pi / 180) },
        "Rad2deg": { try $1.binary(.multiply, $0.floatInput(), 180 / .pi) },
        "Cbrt": { arguments, builder in
            let x = try arguments.floatInput()
            let root = try builder.binary(.power, builder.unary(.abs, x), 1.0 / 3)
            return try builder.multiply(builder.unary(.sign, x), root)
        },
        "Sinc": { arguments, builder in
            let angle = try builder.binary(.multiply, arguments.floatInput(), .pi)
            let isZero = try builder.binary(.equal, angle, 0)
            // 0 / 0 is not chosen.
            return try builder.select(
                isZero, builder.scalar(1, like: angle),
                builder.divide(builder.unary(.sin, angle), angle))
        },
        "I0": { try $1.besselI0($0.floatInput()) },
        "Erfinv": { try $1.inverseErrorFunction($0.floatInput()) },
        "Heaviside": { arguments, builder in
            let (x, middle) = try arguments.operands(float: true)
            let isPositive = try builder.cast(
                builder.binary(.greater, x, 0), to: .float32)
            return try builder.select(
                builder.binary(.equal, x, 0), middle, isPositive)
        },
        "Fmod": { arguments, builder in
            let (x, y) = try arguments.operands(float: false)
            let isWhole = !builder.dtype(of: x).isFloat
            let (a, b) = (try builder.floating(x), try builder.floating(y))
            let rest = try builder.binary(
                .floorModulo, builder.unary(.abs, a), builder.unary(.abs, b))
            let signed = try builder.multiply(builder.unary(.sign, a), rest)
            return isWhole ? try builder.cast(signed, to: builder.dtype(of: x)) : signed
        },
        "Logaddexp2": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            let size = try builder.unary(.abs, builder.subtract(x, y))
            let power = try builder.unary(
                .exp, builder.binary(.multiply, size, -0.6931471805599453))
            let rest = try builder.binary(
                .multiply, builder.unary(.log, builder.binary(.add, power, 1)),
                1.4426950408889634)
            return try builder.add(builder.binary(.maximum, x, y), rest)
        },
        "Ldexp": { arguments, builder in
            let (x, y) = try arguments.operands()
            let (value, exponent) = (try builder.floating(x), try builder.floating(y))
            let power = try builder.binary(.power, builder.scalar(2, like: value), exponent)
            return try builder.multiply(value, power)
        },
        "Isclose": { try $1.closeness($0) },
        "AllClose": { arguments, builder in
            let (x, y) = try arguments.operands(float: true)
            let isClose = try builder.binary(
                .logicalOr, builder.closeness(arguments), builder.binary(.equal, x, y))
            return try builder.reduce(
                .all, isClose, axes: Array(builder.shape(of: isClose).dims.indices))
        },
        "SaturateCast": { arguments, builder in
            let x = try arguments.input()
            let dtype = try arguments.elementType("dtype") ?? .float32
            let limits: (Double, Double)? =
                switch dtype {
                case .int8: (-128, 127)
                case .uint8: (0, 255)
                case .int16: (-32768, 32767)
                case .uint16: (0, 65535)
                default: nil
                }
            guard let limits else {
                return try builder.cast(x, to: dtype.isFloat ? .float32 : dtype)
            }
            let limited = try builder.binary(
                .minimum, builder.binary(.maximum, x, limits.0), limits.1)
            return try builder.cast(limited, to: dtype)
        },
    ]
}

extension GraphBuilder {
    /// The operation's input, as elements of the type that its `dtype` names.
    fileprivate func converted(_ arguments: OperationArguments) throws -> ValueID {
        let x = try arguments.input()
        return try arguments.elementType("dtype").map { try converted(x, to: $0) } ?? x
    }

    /// |a − b| ≤ atol + rtol · |b|.
    fileprivate func closeness(_ arguments: OperationArguments) throws -> ValueID {
        let (x, y) = try arguments.operands(float: true)
        let relative = try arguments.number(2, "rtol", default: 1e-5)
        let absolute = try arguments.number(3, "atol", default: 1e-8)
        let distance = try unary(.abs, subtract(x, y))
        let limit = try binary(
            .add, binary(.multiply, unary(.abs, y), relative), absolute)
        let isNear = try binary(.lessEqual, distance, limit)
        guard arguments.flag("equal_nan") else { return isNear }
        let bothMissing = try binary(
            .logicalAnd, binary(.notEqual, x, x),
            binary(.notEqual, y, y))
        return try binary(.logicalOr, isNear, bothMissing)
    }

    /// The modified Bessel function of order 0 by formulas 9.8.1 and 9.8.2 of Abramowitz and Stegun.
    fileprivate func besselI0(_ x: ValueID) throws -> ValueID {
        let size = try unary(.abs, x)
        let near = try unary(
            .square, binary(.multiply, binary(.minimum, size, 3.75), 1 / 3.75))
        let small = try polynomial(
            near, [1, 3.5156229, 3.0899424, 1.2067492, 0.2659732, 0.0360768, 0.0045813])
        let far = try binary(.maximum, size, 3.75)
        let series = try polynomial(
            divide(scalar(3.75, like: x), far),
            [
                0.39894228, 0.01328592, 0.00225319, -0.00157565, 0.00916281, -0.02057706,
                0.02635537, -0.01647633, 0.00392377,
            ])
        let large = try multiply(
            unary(.exp, far), multiply(series, unary(.rsqrt, far)))
        return try select(binary(.less, size, 3.75), small, large)
    }

    /// The number whose error function is x, by Giles' polynomials for single precision.
    fileprivate func inverseErrorFunction(_ x: ValueID) throws -> ValueID {
        let rest = try multiply(
            subtract(scalar(1, like: x), x), binary(.add, x, 1))
        let depth = try unary(.neg, unary(.log, rest))
        let central = try polynomial(
            binary(.subtract, binary(.minimum, depth, 5), 2.5),
            [
                1.50140941, 0.246640727, -0.00417768164, -0.00125372503, 0.00021858087,
                -4.39150654e-06, -3.5233877e-06, 3.43273939e-07, 2.81022636e-08,
            ])
        let tail = try polynomial(
            binary(.subtract, unary(.sqrt, binary(.maximum, depth, 5)), 3),
            [
                2.83297682, 1.00167406, 0.00943887047, -0.0076224613, 0.00573950773,
                -0.00367342844, 0.00134934322, 0.000100950558, -0.000200214257,
            ])
        return try multiply(x, select(binary(.less, depth, 5), central, tail))
    }
}
