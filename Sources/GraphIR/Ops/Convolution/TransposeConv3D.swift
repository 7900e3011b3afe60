import Foundations
import Tensors

/// The transpose of a 3-D convolution.
///
/// Inputs: x `[N, D, H, W, C]`, filter `[kd, kh, kw, out, C]`, bias `[out]` (optional).
/// Output: `[N, size.depth, size.height, size.width, out]`, placed as in `TransposeConv2D`.
package struct TransposeConv3D: Convolution {
    package static let kind = OpKind.transposeConv3D
    package var strides = Size3D.one
    package var padding = Padding.valid
    /// Depth, height and width of the output; `Shape.free` as in `TransposeConv2D`.
    package var size: Size3D
    /// Output − input · stride, for free sizes.
    package var margin = Size3D.one
    package var activation = Clamp.none

    package init(
        strides: Size3D = .one, padding: Padding = .valid, size: Size3D, margin: Size3D = .one,
        activation: Clamp = .none
    ) {
        self.strides = strides
        self.padding = padding
        self.size = size
        self.margin = margin
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("strides", &strides)
        visitor.visit("padding", &padding)
        visitor.visit("size", &size)
        visitor.visit("margin", &margin)
        visitor.visit("activation", &activation)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        let (x, filter) = try inputShapes(inputs, rank: 5)
        try Check.require(
            filter[4] == x[4], "filter \(filter) does not fit the channels of input \(x)")
        let depth = try scattered(size.depth, x[1], strides.depth, margin.depth)
        let height = try scattered(size.height, x[2], strides.height, margin.height)
        let width = try scattered(size.width, x[3], strides.width, margin.width)
        try Check.require(
            strides.isPositive && [depth, height, width].allSatisfy { $0 > 0 || $0 == Shape.free },
            "strides and output size must be positive")
        return try outputTypes(inputs, [depth, height, width], channels: filter[3])
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let filter = inputs[1].shape
        return saturatingProduct(
            inputs[0].shape.elementCount, filter[0], filter[1], filter[2], filter[3])
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        .filter(FilterAxes(output: 3, input: 4, meetsBorder: true))
    }

    package var quantizationRule: QuantizationRule { .floatOnly }
}
