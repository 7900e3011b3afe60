import Foundations
import Tensors

/// A 2-D convolution of each channel with its own filters.
///
/// Inputs: x `[N, H, W, C]`, filter `[1, kh, kw, C · multiplier]` where output channel `c · multiplier + m` is filter m of
/// channel c, bias `[C · multiplier]` (optional). Output: `[N, H', W', C · multiplier]`.
package struct DepthwiseConv2D: Convolution, SlidingWindow2D {
    package static let kind = OpKind.depthwiseConv2D
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
            filter[0] == 1 && x[3] > 0 && filter[3] > 0 && filter[3] % x[3] == 0,
            "filter \(filter) does not fit the \(x[3]) channels of input \(x)")
        let spatial = try windowedSize(
            x, window: window(for: inputs), strides: strides, dilations: dilations,
            padding: padding)
        return try outputTypes(inputs, [spatial.height, spatial.width], channels: filter[3])
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        saturatingProduct(
            outputs[0].shape.elementCount, inputs[1].shape[1], inputs[1].shape[2])
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        .filter(FilterAxes(output: 3, input: 3, meetsBorder: meetsBorder(for: inputs)))
    }

    package var quantizationRule: QuantizationRule { .free }
}
