import Foundations
import GraphIR
import KerasFormat
import Problems
import Tensors

extension NamedOperation {
    /// Colors of images, and filters of whole images.
    static let colors: [String: Single] = [
        "RGBToHSV": { arguments, builder in
            try builder.channelsLast(arguments.floatInput(), arguments.format()) {
                try builder.hueSaturationValue($0)
            }
        },
        "HSVToRGB": { arguments, builder in
            try builder.channelsLast(arguments.floatInput(), arguments.format()) {
                try builder.redGreenBlue($0)
            }
        },
        "GrayscaleToRGB": { arguments, builder in
            let x = try arguments.image()
            let rank = builder.shape(of: x).rank
            return try builder.add(
                .tile(Tile([Int](repeating: 1, count: rank - 1) + [3])), [x])
        },
        "GaussianBlur": { arguments, builder in
            let x = try arguments.floatInput()
            let sizes = try arguments.integers(nil, "kernel_size") ?? [3, 3]
            let sigmas = arguments.plain(nil, "sigma").flatMap(NumberArray.init)
            let widths = sigmas?.values ?? [1, 1]
            guard sizes.count == 2, sizes.allSatisfy((1...99).contains), widths.count == 2 else {
                throw Problem(.invalidField("kernel_size", value: "\(sizes)", expected: "sizes"))
            }
            let profiles = zip(sizes, widths).map { bellCurve($0, $1) }
            return try builder.channelsLast(x, arguments.format()) {
                try builder.asImageBatch($0) { try builder.filtered($0, profiles) }
            }
        },
        "AdjustBrightness": { arguments, builder in
            let x = try arguments.image()
            return try builder.add(
                x,
                builder.cast(
                    arguments.factor("delta", like: x), to: builder.dtype(of: x)))
        },
        "AdjustContrast": { arguments, builder in
            let x = try builder.floating(arguments.image())
            let axes = try builder.shape(of: x).checkedAxes([-3, -2])
            let mean = try builder.reduce(.mean, x, axes: axes, keepDimensions: true)
            let rest = try builder.subtract(x, mean)
            return try builder.add(
                builder.multiply(rest, arguments.factor("contrast_factor", like: x)), mean)
        },
        "AdjustGamma": { arguments, builder in
            let x = try builder.floating(arguments.image())
            let gamma = try arguments.number(1, "gamma", default: 1)
            let gain = try arguments.number(2, "gain", default: 1)
            return try builder.binary(.multiply, builder.binary(.power, x, gamma), gain)
        },
    ]
}

/// The values of a normal distribution around the middle of `count` elements, of the sum 1.
private func bellCurve(_ count: Int, _ sigma: Double) -> [Double] {
    let middle = Double(count - 1) / 2
    let values = (0..<count).map { index in
        let distance = (Double(index) - middle) / sigma
        return exp(-0.5 * distance * distance)
    }
    let sum = values.reduce(0, +)
    return values.map { $0 / sum }
}

extension OperationArguments {
    /// A factor or summand, which may be a tensor.
    fileprivate func factor(_ name: String, like x: ValueID) throws -> ValueID {
        guard let found = argument(1, name) else { throw Problem(.missingField(name)) }
        return try builder.floating(value(found, like: x))
    }
}

extension GraphBuilder {
    /// Three channels of their own.
    private func channels(_ x: ValueID) throws -> [ValueID] {
        let axis = shape(of: x).rank - 1
        guard try shape(of: x).knownExtent(-1) == 3 else {
            throw Problem(.invalidShape("\(shape(of: x)) has not three channels"))
        }
        return try (0..<3).map { try slice(x, axis: axis, from: $0, count: 1) }
    }

    fileprivate func hueSaturationValue(_ x: ValueID) throws -> ValueID {
        let parts = try channels(x)
        let axis = shape(of: x).rank - 1
        let largest = try reduce(.max, x, axes: [axis], keepDimensions: true)
        let range = try subtract(
            largest, reduce(.min, x, axes: [axis], keepDimensions: true))
        let zero = scalar(0, like: x)
        let one = scalar(1, like: x)
        let isBlack = try binary(.lessEqual, largest, 0)
        let saturation = try select(
            isBlack, zero, divide(range, select(isBlack, one, largest)))
        let isGray = try binary(.lessEqual, range, 0)
        let norm = try divide(
            scalar(1.0 / 6, like: x), select(isGray, one, range))
        let differences = try [(1, 2), (2, 0), (0, 1)].enumerated().map { index, pair in
            try binary(
                .add, multiply(norm, subtract(parts[pair.0], parts[pair.1])),
                Double(index) / 3)
        }
        let byGreen = try select(
            binary(.equal, parts[1], largest), differences[1], differences[2])
        var hue = try select(binary(.equal, parts[0], largest), differences[0], byGreen)
        hue = try select(isGray, zero, hue)
        hue = try select(binary(.less, hue, 0), binary(.add, hue, 1), hue)
        return try concatenate([hue, saturation, largest], axis: axis)
    }

    fileprivate func redGreenBlue(_ x: ValueID) throws -> ValueID {
        let parts = try channels(x)
        let angle = try binary(.multiply, parts[0], 6)
        func distance(_ center: Double) throws -> ValueID {
            try unary(.abs, binary(.subtract, angle, center))
        }
        let two = scalar(2, like: x)
        let colors = try [
            binary(.subtract, distance(3), 1), subtract(two, distance(2)),
            subtract(two, distance(4)),
        ].map { try unary(.relu0To1, $0) }
        let color = try concatenate(colors, axis: shape(of: x).rank - 1)
        let pale = try subtract(scalar(1, like: x), parts[1])
        return try multiply(add(pale, multiply(parts[1], color)), parts[2])
    }

    /// Each channel of images `[N, H, W, C]` convolved with a product of two profiles, zeros around the images.
    ///
    /// Keras lays the product `[second, first]` out as a kernel of the extents of first and second.
    fileprivate func filtered(_ x: ValueID, _ profiles: [[Double]]) throws -> ValueID {
        let channels = try shape(of: x).knownExtent(3)
        let size = profiles[0].count * profiles[1].count
        try checkList(checkedProduct(size, channels, "the filter"), "the filter")
        let weights = profiles[1].flatMap { row in
            profiles[0].flatMap { [Double](repeating: row * $0, count: channels) }
        }
        let filter = Constant(weights, [1, profiles[0].count, profiles[1].count, channels])
        let op = DepthwiseConv2D(strides: .one, dilations: .one, padding: .same)
        return try add(.depthwiseConv2D(op), [x, constant(filter, role: "blur")])
    }
}
