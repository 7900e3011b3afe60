import Foundations
import GraphIR
import Tensors

/// A depthwise convolution with a few windows for each input channel, and a pointwise one that combines them.
///
/// The windows of a channel are the singular vectors of its slice of the filter, `[out, kh · kw]`.
package struct DepthwiseAndPointwise: LinearRewrite {
    package let multiplier: Int

    package init(multiplier: Int) {
        self.multiplier = multiplier
    }

    package var name: String { "depthwise ×\(multiplier) and pointwise" }

    package func outline(for site: LinearSite) -> [Stage] {
        let filter = site.filter
        let taps = filter.height * filter.width
        return stages(
            for: site,
            slices: [(Matrix, Matrix)](
                repeating: (
                    Matrix(zeros: filter.count, multiplier), Matrix(zeros: taps, multiplier)
                ), count: filter.channels))
    }

    package func stages(
        for site: LinearSite, response: Matrix, target: Matrix, threads: ThreadBudget
    ) -> [Stage] {
        let filter = site.filter
        let taps = filter.height * filter.width
        let slices = (0..<filter.channels).map { channel in
            var slice = Matrix(zeros: filter.count, taps)
            for output in 0..<filter.count {
                for tap in 0..<taps {
                    slice[output, tap] =
                        filter[output, tap / filter.width, tap % filter.width, channel]
                }
            }
            let vectors = SingularVectors(slice, count: multiplier, threads: threads)
            return (vectors.left, vectors.right)
        }
        return stages(for: site, slices: slices)
    }

    /// - Parameter slices: for each input channel weights `[out, multiplier]` of the windows `[kh · kw, multiplier]`.
    private func stages(for site: LinearSite, slices: [(left: Matrix, right: Matrix)]) -> [Stage] {
        guard case .conv2D(let convolution) = site.op else { return [] }
        let filter = site.filter
        let taps = filter.height * filter.width
        let channels = filter.channels * multiplier
        var windows = [Double](repeating: 0, count: taps * channels)
        var points = [Double](repeating: 0, count: filter.count * channels)
        for (channel, slice) in slices.enumerated() {
            for index in 0..<multiplier {
                let place = channel * multiplier + index
                for tap in 0..<taps { windows[tap * channels + place] = slice.right[tap, index] }
                for output in 0..<filter.count {
                    points[output * channels + place] = slice.left[output, index]
                }
            }
        }
        let depthwise = DepthwiseConv2D(
            strides: convolution.strides, dilations: convolution.dilations,
            padding: convolution.padding)
        return [
            Stage(
                .depthwiseConv2D(depthwise),
                [Stage.rounded(windows, [1, filter.height, filter.width, channels])]),
            Stage(
                .conv2D(Conv2D()),
                Filter(points, count: filter.count, height: 1, width: 1, channels: channels),
                bias: site.bias),
        ]
    }
}
