import Tensors

/// An operation that moves a window over height and width of `[N, H, W, C]`.
package protocol SlidingWindow2D: OpPayload {
    var strides: Size2D { get }
    var dilations: Size2D { get }
    var padding: Padding { get set }

    /// The extents of the window for these inputs, without the gaps of dilation.
    func window(for inputs: [TensorType]) -> Size2D
}

extension SlidingWindow2D {
    /// The extents of the window along height and width with the gaps of dilation.
    package func reach(for inputs: [TensorType]) -> Size2D {
        let window = window(for: inputs)
        return Size2D(
            (window.height - 1) * dilations.height + 1, (window.width - 1) * dilations.width + 1)
    }

    /// What SAME padding adds along height and width; nil if one of them is free.
    package func samePadding(for inputs: [TensorType]) -> [PadAmount]? {
        let (x, reach) = (inputs[0].shape, reach(for: inputs))
        guard x[1] != Shape.free, x[2] != Shape.free else { return nil }
        return [(x[1], reach.height, strides.height), (x[2], reach.width, strides.width)].map {
            let amounts = Padding.same.amounts($0, window: $1, stride: $2)
            return PadAmount(amounts.before, amounts.after)
        }
    }

    /// Whether some window reaches over the border of the input.
    func meetsBorder(for inputs: [TensorType]) -> Bool {
        let (x, reach) = (inputs[0].shape, reach(for: inputs))
        return padding.meetsBorder(x[1], window: reach.height, stride: strides.height)
            || padding.meetsBorder(x[2], window: reach.width, stride: strides.width)
    }
}

extension Padding {
    /// Whether some window reaches over the border along one dimension; for a free size, whether it may.
    func meetsBorder(_ size: Int, window: Int, stride: Int) -> Bool {
        guard self == .same, size != Shape.free else { return self == .same && window != 1 }
        let amounts = amounts(size, window: window, stride: stride)
        return amounts.before > 0 || amounts.after > 0
    }
}
