import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Normalizations and rearrangements of channels.
    static let neural: [String: Single] = [
        "BiasAdd": { arguments, builder in
            let (x, bias) = try arguments.operands("bias")
            guard arguments.text("data_format")?.hasPrefix("NC") == true else {
                return try builder.add(x, bias)
            }
            let ones = [Int](repeating: 1, count: max(builder.shape(of: x).rank - 2, 0))
            return try builder.add(
                x, builder.reshape(bias, builder.shape(of: bias).dims + ones))
        },
        "L2Normalize": { arguments, builder in
            let x = try arguments.floatInput()
            let shape = builder.shape(of: x)
            let axes = try arguments.integers(nil, "axis").map(shape.checkedAxes)
            let epsilon = try arguments.number(nil, "epsilon", default: 1e-12)
            if let axes, axes.count == 1, epsilon == 1e-12 {
                return try builder.alongLastAxis(x, axis: axes[0]) {
                    try builder.add(.l2Normalization(L2Normalization()), [$0])
                }
            }
            return try builder.normalized(x, axes ?? Array(shape.dims.indices), epsilon)
        },
        "Normalize": { arguments, builder in
            let x = try arguments.floatInput()
            let axes = try builder.shape(of: x).checkedAxes(
                arguments.integers(nil, "axis") ?? [-1])
            let order = try arguments.number(nil, "order", default: 2)
            let epsilon = try arguments.number(nil, "epsilon", default: 1e-7)
            if order == 2 { return try builder.normalized(x, axes, epsilon * epsilon) }
            let size = try builder.unary(.abs, x)
            let powers = try builder.binary(.power, size, order)
            let sum = try builder.reduce(.sum, powers, axes: axes, keepDimensions: true)
            let norm = try builder.binary(.power, sum, 1 / order)
            return try builder.divide(x, builder.binary(.maximum, norm, epsilon))
        },
        "LocalResponseNormalization": { arguments, builder in
            let op = LocalResponseNormalization(
                radius: try arguments.integer("depth_radius", default: 5),
                bias: Float(try arguments.number(nil, "bias", default: 1)),
                alpha: Float(try arguments.number(nil, "alpha", default: 1)),
                beta: Float(try arguments.number(nil, "beta", default: 0.5)))
            return try builder.add(.localResponseNormalization(op), [arguments.floatInput()])
        },
        "DepthToSpace": { arguments, builder in
            let op = DepthToSpace(blockSize: try arguments.integer("block_size"))
            return try builder.channelsLast(arguments.input(), arguments.format()) {
                try builder.add(.depthToSpace(op), [$0])
            }
        },
        "SpaceToDepth": { arguments, builder in
            let op = SpaceToDepth(blockSize: try arguments.integer("block_size"))
            return try builder.channelsLast(arguments.input(), arguments.format()) {
                try builder.add(.spaceToDepth(op), [$0])
            }
        },
        "LayerNorm": { arguments, builder in
            let x = try arguments.floatInput()
            let axes = try builder.shape(of: x).checkedAxes(
                arguments.integers(nil, "axis") ?? [-1])
            let epsilon = try arguments.number(nil, "epsilon", default: 1e-7)
            let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
            let variance = try builder.variance(ReductionAxes(x: x, axes: axes, keeps: true))
            let factor = try builder.unary(.rsqrt, builder.binary(.add, variance, epsilon))
            let isUncentered = arguments.flag("rms_scaling")
            var y = try builder.multiply(isUncentered ? x : builder.subtract(x, mean), factor)
            y = try builder.parameterized(.multiply, y, arguments.argument(1, "gamma"), axes)
            return try builder.parameterized(.add, y, arguments.argument(2, "beta"), axes)
        },
        "RMSNorm": { arguments, builder in
            let x = try arguments.floatInput()
            let axes = try builder.shape(of: x).checkedAxes(
                arguments.integers(nil, "axis") ?? [-1])
            let epsilon = try arguments.number(nil, "epsilon", default: 1e-7)
            let mean = try builder.reduce(
                .mean, builder.unary(.square, x), axes: axes, keepDimensions: true)
            let factor = try builder.unary(.rsqrt, builder.binary(.add, mean, epsilon))
            let y = try builder.multiply(x, factor)
            return try builder.parameterized(.multiply, y, arguments.argument(1, "scale"), axes)
        },
        "BatchNorm": { arguments, builder in
            let x = try arguments.floatInput()
            let axes = try builder.shape(of: x).checkedAxes([arguments.integer("axis")])
            let epsilon = try arguments.number(nil, "epsilon", default: 1e-3)
            guard let mean = arguments.argument(1, "mean"),
                let variance = arguments.argument(2, "variance")
            else { throw Problem(.missingField("mean")) }
            let spread = try builder.binary(
                .add, arguments.value(variance, like: x), epsilon)
            let factor = CallArgument.tensor(try builder.unary(.rsqrt, spread))
            var y = try builder.parameterized(.subtract, x, mean, axes)
            y = try builder.parameterized(.multiply, y, factor, axes)
            y = try builder.parameterized(.multiply, y, arguments.argument(4, "scale"), axes)
            return try builder.parameterized(.add, y, arguments.argument(3, "offset"), axes)
        },
    ]
}

extension OperationArguments {
    /// `data_format`, by the names of Keras or TensorFlow.
    func format() -> DataFormat {
        let name = text("data_format") ?? ""
        return name == "channels_first" || name.hasPrefix("NC") ? .channelsFirst : .channelsLast
    }
}

extension GraphBuilder {
    /// x / √max(Σx², epsilon).
    fileprivate func normalized(
        _ x: ValueID, _ axes: [Int], _ epsilon: Double
    ) throws -> ValueID {
        let sum = try reduce(.sum, unary(.square, x), axes: axes, keepDimensions: true)
        return try multiply(x, unary(.rsqrt, binary(.maximum, sum, epsilon)))
    }

    /// A function of x and a parameter with the extents of some axes; none adds nothing.
    fileprivate func parameterized(
        _ kind: Binary.Kind, _ x: ValueID, _ parameter: CallArgument?, _ axes: [Int]
    ) throws -> ValueID {
        guard let parameter else { return x }
        let arguments = OperationArguments(in: self)
        let value = try arguments.value(parameter, like: x)
        let shape = shape(of: x)
        guard axes != [shape.rank - 1], self.shape(of: value).rank == axes.count else {
            return try binary(kind, x, value)
        }
        let dims = shape.dims.indices.map { axes.contains($0) ? shape.dims[$0] : 1 }
        return try binary(kind, x, reshape(value, dims))
    }
}
