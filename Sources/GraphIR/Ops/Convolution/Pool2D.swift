import Tensors

/// The maximum or the average of a sliding window.
///
/// Input: x `[N, H, W, C]`. Output: `[N, H', W', C]`. Padding takes no part: an average divides by the number of elements
/// inside the input.
package struct Pool2D: SlidingWindow2D {
    /// What a window is reduced to.
    package enum Kind: String, Attribute {
        case max, average
    }

    package static let kind = OpKind.pool2D
    package var kind: Kind
    package var window: Size2D
    package var strides: Size2D
    package var padding = Padding.valid
    package var activation = Clamp.none

    package init(
        kind: Kind, window: Size2D, strides: Size2D, padding: Padding = .valid,
        activation: Clamp = .none
    ) {
        self.kind = kind
        self.window = window
        self.strides = strides
        self.padding = padding
        self.activation = activation
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("kind", &kind)
        visitor.visit("window", &window)
        visitor.visit("strides", &strides)
        visitor.visit("padding", &padding)
        visitor.visit("activation", &activation)
    }

    /// Windows of pools have no gaps.
    package var dilations: Size2D { .one }

    package func window(for inputs: [TensorType]) -> Size2D { window }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.rank(inputs[0], 4, "input of \(Self.name)")
        let x = inputs[0].shape
        let spatial = try windowedSize(
            x, window: window, strides: strides, dilations: .one, padding: padding)
        return [TensorType(inputs[0].dtype, [x[0], spatial.height, spatial.width, x[3]])]
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int { 0 }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        AxisMap(
            [.same(0), .changed(1), .changed(2), .same(3)], layout: .interchangeable, rank: 4)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity {
        activation != .none ? .opaque : kind == .max ? .extremum : .mean
    }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { \.activation }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        window == .one && strides == .one && activation == .none
    }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
