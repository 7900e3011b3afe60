/// How a sliding window treats the border (TensorFlow's rule).
///
/// A window of `k` taps with dilation `d` spans `e = (k − 1)·d + 1` positions.
package enum Padding: String, Sendable, Hashable {
    /// The window stays inside: ⌊(n − e)/s⌋ + 1 positions, at least 0.
    case valid
    /// ⌈n/s⌉ positions; the padding max((positions − 1)·s + e − n, 0) is split, with an odd unit after the data.
    case same

    /// The number of window positions along one dimension; free stays free.
    package func outputSize(_ size: Int, window: Int, stride: Int, dilation: Int = 1) -> Int {
        guard size != Shape.free else { return Shape.free }
        let span = (window - 1) * dilation + 1
        switch self {
        case .valid: return size < span ? 0 : (size - span) / stride + 1
        case .same: return (size + stride - 1) / stride
        }
    }

    /// Positions before and after the data, along one dimension of known size.
    package func amounts(
        _ size: Int, window: Int, stride: Int, dilation: Int = 1
    ) -> (before: Int, after: Int) {
        guard self == .same else { return (0, 0) }
        let positions = outputSize(size, window: window, stride: stride, dilation: dilation)
        let total = max((positions - 1) * stride + (window - 1) * dilation + 1 - size, 0)
        return (total / 2, total - total / 2)
    }
}
