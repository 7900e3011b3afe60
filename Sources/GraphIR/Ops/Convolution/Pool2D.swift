import Tensors

/// The maximum or the average of a sliding window.
///
/// Input: x `[N, H, W, C]`. Output: `[N, H', W', C]`. Padding takes no part: an average divides by the number of elements
/// inside the input.
package struct Pool2D: OpPayload {
    /// What a window is reduced to.
    package enum Kind: String, Sendable, Hashable, Codable {
        case max, average
    }

    package static let name = "pool2D"
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

    package var op: Op { .pool2D(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.rank(inputs[0], 4, "input of \(Self.name)")
        let x = inputs[0].shape
        let spatial = try windowedSize(
            x, window: window, strides: strides, dilations: .one, padding: padding)
        return [TensorType(inputs[0].dtype, [x[0], spatial.height, spatial.width, x[3]])]
    }
}
