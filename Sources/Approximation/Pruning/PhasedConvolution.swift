import GraphIR
import Tensors

/// A convolution as one on blocks of 2×2 pixels that are channels: each pixel of a block has output channels of its own.
struct PhasedConvolution {
    /// The stride of the original; with 2, one result stands for each block.
    let stride: Int
    let op: Op
    /// `[4 · out, kh, kw, 4 · in]`, or `[out, kh, kw, 4 · in]` with stride 2.
    let filter: Constant
    let bias: Constant

    /// Requires stride 1 or 2, SAME padding, no dilation, and even extents.
    init?(_ node: Node, in graph: Graph) {
        guard case .conv2D(let convolution) = node.op, convolution.dilations == .one,
            convolution.strides == .one || convolution.strides == Size2D(2, 2),
            let site = LinearSite(node, in: graph), site.inputType.shape[1] % 2 == 0,
            site.inputType.shape[2] % 2 == 0
        else { return nil }
        let whole = site.filter
        guard convolution.padding == .same || (whole.height, whole.width) == (1, 1),
            let rows = Taps(kernel: whole.height, stride: convolution.strides.height),
            let columns = Taps(kernel: whole.width, stride: convolution.strides.width)
        else { return nil }
        stride = convolution.strides.height
        let results = stride == 1 ? 4 : 1
        let (channels, count) = (whole.channels, whole.count)
        var blocks = Filter(
            [Double](
                repeating: 0,
                count: results * count * rows.extent * columns.extent * 4 * channels),
            count: results * count, height: rows.extent, width: columns.extent,
            channels: 4 * channels)
        for result in 0..<results {
            for output in 0..<count {
                for top in 0..<whole.height {
                    let (row, rowPhase) = rows.place(of: top, phase: result / 2)
                    for left in 0..<whole.width {
                        let (column, columnPhase) = columns.place(of: left, phase: result % 2)
                        let start =
                            (((result * count + output) * rows.extent + row) * columns.extent
                                + column) * 4 * channels
                        for channel in 0..<channels {
                            blocks.elements[
                                start + (rowPhase * 2 + columnPhase) * channels + channel] =
                                whole[output, top, left, channel]
                        }
                    }
                }
            }
        }
        op = .conv2D(Conv2D(padding: .same))
        filter = Stage.rounded(
            blocks.elements, [results * count, rows.extent, columns.extent, 4 * channels])
        bias = Constant(
            (0..<results).flatMap { _ in site.bias }, [results * count])
    }

    /// Where taps along an axis lie in blocks of two.
    private struct Taps {
        private let before: Int
        private let first: Int
        /// Blocks that a window covers.
        let extent: Int

        /// Nil if SAME padding of the blocks would be another.
        init?(kernel: Int, stride: Int) {
            before = (kernel - stride) > 0 ? (kernel - stride) / 2 : 0
            first = Self.block(-before)
            let last = Self.block(kernel - 1 - before + (stride == 1 ? 1 : 0))
            extent = last - first + 1
            guard (extent - 1) / 2 == -first else { return nil }
        }

        private static func block(_ place: Int) -> Int { (place - (place & 1)) / 2 }

        /// The block and the place in it that a tap of the result at a place of its block reads.
        func place(of tap: Int, phase: Int) -> (block: Int, phase: Int) {
            let place = tap - before + phase
            return (Self.block(place) - first, place & 1)
        }
    }
}
