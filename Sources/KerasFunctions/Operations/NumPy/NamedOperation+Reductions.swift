import GraphIR
import Problems
import Tensors

extension NamedOperation {
    /// Reductions over some axes or all.
    static let reductions: [String: Single] = [
        "Sum": { try $1.reduced(.sum, $0) },
        "Mean": { try $1.reduced(.mean, $0) },
        "Max": { try $1.reduced(.max, $0) },
        "Amax": { try $1.reduced(.max, $0) },
        "Min": { try $1.reduced(.min, $0) },
        "Amin": { try $1.reduced(.min, $0) },
        "Prod": { try $1.reduced(.product, $0) },
        "Any": { try $1.reduced(.any, $0) },
        "All": { try $1.reduced(.all, $0) },
        "CountNonzero": { arguments, builder in
            let axes = try builder.reduction(arguments)
            return try builder.reduce(
                .sum, builder.cast(builder.truth(axes.x), to: .int32), axes: axes.axes,
                keepDimensions: axes.keeps)
        },
        "Var": { arguments, builder in try builder.variance(builder.reduction(arguments)) },
        "Std": { arguments, builder in
            try builder.unary(.sqrt, builder.variance(builder.reduction(arguments)))
        },
        "Logsumexp": { arguments, builder in
            var axes = try builder.reduction(arguments)
            axes.x = try builder.floating(axes.x)
            let top = try builder.reduce(.max, axes.x, axes: axes.axes, keepDimensions: true)
            let powers = try builder.unary(.exp, builder.subtract(axes.x, top))
            let sum = try builder.reduce(.sum, powers, axes: axes.axes, keepDimensions: true)
            return try builder.squeezed(builder.add(builder.unary(.log, sum), top), axes)
        },
        "Average": { arguments, builder in
            let axes = try builder.reduction(arguments)
            guard let weights = arguments.argument(1, "weights") else {
                return try builder.reduced(.mean, arguments)
            }
            var weight = try builder.floating(arguments.value(weights, like: axes.x))
            let rank = builder.shape(of: axes.x).rank
            if builder.shape(of: weight).rank == 1, rank > 1, axes.axes.count == 1 {
                var dims = [Int](repeating: 1, count: rank)
                dims[axes.axes[0]] = builder.shape(of: weight)[0]
                weight = try builder.reshape(weight, dims)
            }
            let x = try builder.floating(axes.x)
            let sum = try builder.reduce(.sum, builder.multiply(x, weight), axes: axes.axes)
            let spread = try builder.multiply(builder.ones(like: x), weight)
            return try builder.divide(sum, builder.reduce(.sum, spread, axes: axes.axes))
        },
        "Norm": { arguments, builder in try builder.norm(arguments) },
        "Ptp": { arguments, builder in
            try builder.subtract(
                builder.reduced(.max, arguments), builder.reduced(.min, arguments))
        },
        "Argmax": { try $1.extremum(.max, $0) },
        "Argmin": { try $1.extremum(.min, $0) },
        "Cumsum": { arguments, builder in
            let (x, axis) = try builder.running(arguments)
            return try builder.add(
                .cumulativeSum(
                    CumulativeSum(
                        axis: axis, exclusive: arguments.flag("exclusive"),
                        reverse: arguments.flag("reverse"))), [x])
        },
        "Cumprod": { arguments, builder in
            let (x, axis) = try builder.running(arguments)
            guard arguments.flag("reverse") else {
                return try builder.runningProduct(
                    x, axis: axis, isExclusive: arguments.flag("exclusive"))
            }
            let products = try builder.runningProduct(
                builder.reversed(x, axes: [axis]), axis: axis,
                isExclusive: arguments.flag("exclusive"))
            return try builder.reversed(products, axes: [axis])
        },
    ]
}

/// What a reduction works on.
struct ReductionAxes {
    var x: ValueID
    var axes: [Int]
    var keeps: Bool
}

extension GraphBuilder {
    /// The tensor, axes (all if none are given) and `keepdims` of a reduction.
    func reduction(_ arguments: OperationArguments) throws -> ReductionAxes {
        let x =
            try arguments.argument(0, "input_tensor").map { try arguments.value($0) }
            ?? arguments.input()
        let shape = shape(of: x)
        let given = try arguments.integers(nil, "axis") ?? arguments.integers(nil, "axes")
        let keeps = arguments.flag("keepdims") || arguments.flag("keep_dims")
        return ReductionAxes(
            x: x, axes: try given.map(shape.checkedAxes) ?? Array(shape.dims.indices), keeps: keeps)
    }

    /// A reduction in the type that NumPy gives it.
    func reduced(_ kind: Reduce.Kind, _ arguments: OperationArguments) throws -> ValueID {
        let axes = try reduction(arguments)
        let x: ValueID
        switch kind {
        case .any, .all: x = try truth(axes.x)
        case .mean: x = try floating(axes.x)
        default: x = dtype(of: axes.x) == .bool ? try cast(axes.x, to: .int32) : axes.x
        }
        let y = try reduce(kind, x, axes: axes.axes, keepDimensions: axes.keeps)
        guard kind == .max || kind == .min, let initial = arguments.argument(nil, "initial") else {
            return y
        }
        let bound = try arguments.value(initial, like: y)
        return try binary(kind == .max ? .maximum : .minimum, y, cast(bound, to: dtype(of: y)))
    }

    /// The mean of the squared distances from the mean.
    func variance(_ axes: ReductionAxes) throws -> ValueID {
        let x = try floating(axes.x)
        let mean = try reduce(.mean, x, axes: axes.axes, keepDimensions: true)
        return try reduce(
            .mean, binary(.squaredDifference, x, mean), axes: axes.axes,
            keepDimensions: axes.keeps)
    }

    /// A result whose reduced axes were kept, without them if they are not wanted.
    func squeezed(_ y: ValueID, _ axes: ReductionAxes) throws -> ValueID {
        guard !axes.keeps else { return y }
        let dims = shape(of: y).dims
        return try reshape(y, dims.indices.filter { !axes.axes.contains($0) }.map { dims[$0] })
    }

    fileprivate func norm(_ arguments: OperationArguments) throws -> ValueID {
        var axes = try reduction(arguments)
        axes.x = try floating(axes.x)
        let size = try unary(.abs, axes.x)
        let order = arguments.argument(nil, "ord")?.json
        if order == nil || order?.string == "euclidean" || order?.string == "fro"
            || order?.number == 2 && axes.axes.count == 1
        {
            let sum = try reduce(
                .sum, unary(.square, axes.x), axes: axes.axes, keepDimensions: axes.keeps)
            return try unary(.sqrt, sum)
        }
        guard axes.axes.count == 1, let order = order?.number ?? Double(order?.string ?? "") else {
            throw Problem(
                .unsupported(
                    what: "a matrix norm of this order is not supported",
                    remedy: "Use the Euclidean norm."))
        }
        if order == 0 {
            let flags = try cast(binary(.notEqual, size, 0), to: .float32)
            return try reduce(.sum, flags, axes: axes.axes, keepDimensions: axes.keeps)
        }
        if order == 1 {
            return try reduce(.sum, size, axes: axes.axes, keepDimensions: axes.keeps)
        }
        if order.isInfinite {
            return try reduce(
                order > 0 ? .max : .min, size, axes: axes.axes, keepDimensions: axes.keeps)
        }
        let sum = try reduce(
            .sum, binary(.power, size, order), axes: axes.axes, keepDimensions: axes.keeps)
        return try binary(.power, sum, 1 / order)
    }

    /// The tensor and axis of a running sum or product; without an axis the elements in one row.
    func running(_ arguments: OperationArguments) throws -> (ValueID, Int) {
        var x = try arguments.input()
        let name = try arguments.elementType("dtype")
        if dtype(of: x) == .bool { x = try cast(x, to: .int32) }
        if let name, name.isFloat || name == .int32 || name == .int64 {
            x = try cast(x, to: name.isFloat ? .float32 : name)
        }
        guard let axis = try arguments.integers(nil, "axis")?.first else {
            return (try reshape(x, [-1]), 0)
        }
        return (x, try shape(of: x).checkedAxis(axis))
    }

    func extremum(
        _ kind: ArgExtremum.Kind, _ arguments: OperationArguments,
        replacing number: Double? = nil
    ) throws -> ValueID {
        var x = try arguments.input()
        if let number { x = try numbers(x, orElse: number) }
        let rank = shape(of: x).rank
        let given = try arguments.integers(nil, "axis") ?? arguments.integers(1, "dimension")
        if given == nil { x = try reshape(x, [-1]) }
        let axis = try shape(of: x).checkedAxis(given?.first ?? 0)
        let type = try arguments.elementType("output_type") ?? .int32
        let index = try add(
            .argExtremum(ArgExtremum(kind, axis: axis, outputType: type)), [x])
        guard arguments.flag("keepdims") else { return index }
        if given == nil { return try reshape(index, [Int](repeating: 1, count: rank)) }
        return try expandDimension(index, at: axis)
    }
}
