import Foundations
import Tensors

/// The transpose of a 2-D convolution: each input element adds a scaled filter to the output.
///
/// Inputs: x `[N, H, W, C]`, filter `[out, kh, kw, C]`, bias `[out]` (optional). Output: `[N, size.height, size.width, out]`.
/// Element i lands at `i · stride − before + k`, `before` being the padding of the forward convolution from output to input.
package struct TransposeConv2D: Convolution {
    package static let kind = OpKind.transposeConv2D
    package var strides = Size2D.one
    package var padding = Padding.valid
    /// Height and width of the output; `Shape.free` for those that follow from an unknown size of the input.
    package var size: Size2D
    /// Output − input · stride, for free sizes.
    package var margin = Size2D.one
    package var activation = Clamp.none

    package init(
        strides: Size2D = .one, padding: Padding = .valid, size: Size2D, margin: Size2D = .one,
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
        let (x, filter) = try inputShapes(inputs, rank: 4)
        try Check.require(
            filter[3] == x[3], "filter \(filter) does not fit the channels of input \(x)")
        let height = try scattered(size.height, x[1], strides.height, margin.height)
        let width = try scattered(size.width, x[2], strides.width, margin.width)
        let forward = try windowedSize(
            [x[0], height, width, filter[0]], window: Size2D(filter[1], filter[2]),
            strides: strides, dilations: .one, padding: padding)
        try Check.require(
            Check.matches(forward.height, x[1]) && Check.matches(forward.width, x[2]),
            "an output of \(height)×\(width) does not belong to input \(x)")
        return try outputTypes(inputs, [height, width], channels: filter[0])
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let filter = inputs[1].shape
        return saturatingProduct(
            inputs[0].shape.elementCount, filter[0], filter[1], filter[2])
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        .filter(FilterAxes(output: 0, input: 3, meetsBorder: true))
    }

    package var quantizationRule: QuantizationRule { .free }
}

/// An output size of a transposed convolution: the given one, or `input · stride + margin` if that is free.
func scattered(_ size: Int, _ input: Int, _ stride: Int, _ margin: Int) throws -> Int {
    guard size == Shape.free, input != Shape.free else { return size }
    let (product, overflow) = input.multipliedReportingOverflow(by: stride)
    try Check.require(
        !overflow && product <= Int(Int32.max) && product + margin > 0,
        "an output of a transposed convolution of \(input) elements")
    return product + margin
}
