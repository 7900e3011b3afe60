import Foundations
import Tensors

/// A 3-D convolution (cross-correlation) without groups.
///
/// Inputs: x `[N, D, H, W, C]`, filter `[kd, kh, kw, C, out]`, bias `[out]` (optional). Output: `[N, D', H', W', out]`.
package struct Conv3D: Convolution {
    package static let kind = OpKind.conv3D
    package var strides = Size3D.one
    package var dilations = Size3D.one
    package var padding = Padding.valid
    package var activation = Clamp.none

    package init(
        strides: Size3D = .one, dilations: Size3D = .one, padding: Padding = .valid,
        activation: Clamp = .none
    ) {
        self.strides = strides
        self.dilations = dilations
        self.padding = padding
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("strides", &strides)
        visitor.visit("dilations", &dilations)
        visitor.visit("padding", &padding)
        visitor.visit("activation", &activation)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        let (x, filter) = try inputShapes(inputs, rank: 5)
        try Check.require(
            filter[3] == x[4], "filter \(filter) does not fit the channels of input \(x)")
        try Check.require(
            strides.isPositive && dilations.isPositive, "strides and dilations must be positive")
        let spatial = [
            padding.outputSize(
                x[1], window: filter[0], stride: strides.depth, dilation: dilations.depth),
            padding.outputSize(
                x[2], window: filter[1], stride: strides.height, dilation: dilations.height),
            padding.outputSize(
                x[3], window: filter[2], stride: strides.width, dilation: dilations.width),
        ]
        try Check.require(!spatial.contains(0), "filter \(filter) does not fit into input \(x)")
        return try outputTypes(inputs, spatial, channels: filter[4])
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let filter = inputs[1].shape
        return saturatingProduct(
            outputs[0].shape.elementCount, filter[0], filter[1], filter[2], filter[3])
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        let (x, filter) = (inputs[0].shape, inputs[1].shape)
        let axes = [
            (x[1], (filter[0] - 1) * dilations.depth + 1, strides.depth),
            (x[2], (filter[1] - 1) * dilations.height + 1, strides.height),
            (x[3], (filter[2] - 1) * dilations.width + 1, strides.width),
        ]
        let meetsBorder = axes.contains { padding.meetsBorder($0, window: $1, stride: $2) }
        return .filter(FilterAxes(output: 4, input: 3, meetsBorder: meetsBorder))
    }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
