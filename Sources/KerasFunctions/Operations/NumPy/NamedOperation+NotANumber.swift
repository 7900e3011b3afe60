import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Functions that leave out, find or replace NaN.
    static let notANumber: [String: Single] = [
        "Nansum": { try $1.reduceNumbers($0, .sum, 0) },
        "Nanprod": { try $1.reduceNumbers($0, .product, 1) },
        "Nanmax": { try $1.reduceNumbers($0, .max, -.infinity) },
        "Nanmin": { try $1.reduceNumbers($0, .min, .infinity) },
        "Nanmean": { try $1.numberMean($1.reduction($0)) },
        "Nanvar": { try $1.numberVariance($1.reduction($0)) },
        "Nanstd": { try $1.unary(.sqrt, $1.numberVariance($1.reduction($0))) },
        "Nanargmax": { try $1.extremum(.max, $0, replacing: -.infinity) },
        "Nanargmin": { try $1.extremum(.min, $0, replacing: .infinity) },
        "Nancumsum": { arguments, builder in
            let (x, axis) = try builder.running(arguments)
            return try builder.add(
                .cumulativeSum(CumulativeSum(axis: axis)),
                [builder.numbers(x, orElse: 0)])
        },
        "Nancumprod": { arguments, builder in
            let (x, axis) = try builder.running(arguments)
            return try builder.runningProduct(builder.numbers(x, orElse: 1), axis: axis)
        },
        "NanToNum": { arguments, builder in
            let x = try arguments.input()
            guard builder.dtype(of: x).isFloat else { return x }
            let largest = Double(Float.greatestFiniteMagnitude)
            let upper = try arguments.number(nil, "posinf", default: largest)
            let lower = try arguments.number(nil, "neginf", default: -largest)
            var y = try builder.numbers(x, orElse: arguments.number(nil, "nan", default: 0))
            y = try builder.select(
                builder.isInfinite(x, .plus), builder.scalar(upper, like: x), y)
            return try builder.select(
                builder.isInfinite(x, .minus), builder.scalar(lower, like: x), y)
        },
        "Isinf": { try $1.isInfinite($1.unary(.abs, $0.floatInput()), .plus) },
        "Isposinf": { try $1.isInfinite($0.floatInput(), .plus) },
        "Isneginf": { try $1.isInfinite($0.floatInput(), .minus) },
        "Isfinite": { arguments, builder in
            let size = try builder.unary(.abs, arguments.floatInput())
            return try builder.binary(.less, size, Double(Float.greatestFiniteMagnitude))
        },
        "Fmax": { try $1.extremeNumber(.maximum, $0) },
        "Fmin": { try $1.extremeNumber(.minimum, $0) },
    ]
}

extension GraphBuilder {
    /// Whether elements are infinite, with this sign.
    ///
    /// The largest finite number counts too, since arithmetic of the runtime may give it if there is no limit.
    fileprivate func isInfinite(_ x: ValueID, _ sign: FloatingPointSign) throws -> ValueID {
        let largest = Double(Float.greatestFiniteMagnitude)
        return try sign == .plus
            ? binary(.greaterEqual, x, largest) : binary(.lessEqual, x, -largest)
    }

    fileprivate func reduceNumbers(
        _ arguments: OperationArguments, _ kind: Reduce.Kind, _ neutral: Double
    ) throws -> ValueID {
        let axes = try reduction(arguments)
        return try reduce(
            kind, numbers(axes.x, orElse: neutral), axes: axes.axes, keepDimensions: axes.keeps)
    }

    /// How many elements along the axes are numbers, as a float.
    private func numberCount(_ axes: ReductionAxes) throws -> ValueID {
        let flags = try cast(binary(.equal, axes.x, axes.x), to: .float32)
        return try reduce(.sum, flags, axes: axes.axes, keepDimensions: axes.keeps)
    }

    fileprivate func numberMean(_ axes: ReductionAxes) throws -> ValueID {
        let x = try floating(axes.x)
        let sum = try reduce(
            .sum, numbers(x, orElse: 0), axes: axes.axes, keepDimensions: axes.keeps)
        return try divide(
            sum, numberCount(ReductionAxes(x: x, axes: axes.axes, keeps: axes.keeps)))
    }

    fileprivate func numberVariance(_ axes: ReductionAxes) throws -> ValueID {
        let x = try floating(axes.x)
        let numbers = ReductionAxes(x: x, axes: axes.axes, keeps: axes.keeps)
        let mean = try numberMean(ReductionAxes(x: x, axes: axes.axes, keeps: true))
        let squares = try select(
            binary(.notEqual, x, x), scalar(0, like: x), binary(.squaredDifference, x, mean))
        return try divide(
            reduce(.sum, squares, axes: axes.axes, keepDimensions: axes.keeps),
            numberCount(numbers))
    }

    /// The larger or smaller of two elements, or that which is a number.
    fileprivate func extremeNumber(
        _ kind: Binary.Kind, _ arguments: OperationArguments
    ) throws -> ValueID {
        let (a, b) = try arguments.operands(float: false)
        guard dtype(of: a).isFloat else { return try binary(kind, a, b) }
        let first = try select(binary(.notEqual, a, a), b, a)
        let second = try select(binary(.notEqual, b, b), a, b)
        return try binary(kind, first, second)
    }
}
