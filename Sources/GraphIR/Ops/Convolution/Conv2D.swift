import Foundations
import Tensors

/// A 2-D convolution (cross-correlation), optionally grouped.
///
/// Inputs: x `[N, H, W, C]`, filter `[out, kh, kw, C / groups]`, bias `[out]` (optional).
/// Output: `[N, H', W', out]`. The number of groups follows from the shapes; group g of the outputs reads channel block g.
package struct Conv2D: Convolution, SlidingWindow2D {
    package static let kind = OpKind.conv2D
    package var strides = Size2D.one
    package var dilations = Size2D.one
    package var padding = Padding.valid
    package var activation = Clamp.none

    package init(
        strides: Size2D = .one, dilations: Size2D = .one, padding: Padding = .valid,
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

    package func window(for inputs: [TensorType]) -> Size2D {
        Size2D(inputs[1].shape[1], inputs[1].shape[2])
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        let (x, filter) = try inputShapes(inputs, rank: 4)
        try Check.require(
            filter[3] > 0 && x[3] % filter[3] == 0 && filter[0] % max(x[3] / filter[3], 1) == 0
                && x[3] > 0,
            "filter \(filter) does not fit the \(x[3]) channels of input \(x)")
        let spatial = try windowedSize(
            x, window: window(for: inputs), strides: strides, dilations: dilations,
            padding: padding)
        return try outputTypes(inputs, [spatial.height, spatial.width], channels: filter[0])
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let filter = inputs[1].shape
        return saturatingProduct(
            outputs[0].shape.elementCount, filter[1], filter[2], filter[3])
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        .filter(FilterAxes(output: 0, input: 3, meetsBorder: meetsBorder(for: inputs)))
    }

    package var quantizationRule: QuantizationRule { .free }
}

/// The extents of a window's positions on x `[N, H, W, C]`.
func windowedSize(
    _ x: Shape, window: Size2D, strides: Size2D, dilations: Size2D, padding: Padding
) throws -> Size2D {
    try Check.require(
        window.isPositive && strides.isPositive && dilations.isPositive,
        "window, strides and dilations must be positive")
    let height = padding.outputSize(
        x[1], window: window.height, stride: strides.height, dilation: dilations.height)
    let width = padding.outputSize(
        x[2], window: window.width, stride: strides.width, dilation: dilations.width)
    try Check.require(
        height != 0 && width != 0,
        "a window of \(window.height)×\(window.width) does not fit into input \(x)")
    return Size2D(height, width)
}
