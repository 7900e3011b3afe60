import Foundations
import GraphIR
import Tensors

/// A convolution with columns (k×1) to a few channels, and one with rows (1×k) from these (Jaderberg, Vedaldi and Zisserman 2014).
package struct ColumnAndRow: LinearRewrite {
    package let rank: Int

    package init(rank: Int) {
        self.rank = rank
    }

    package var name: String { "column and row, rank \(rank)" }

    package func outline(for site: LinearSite) -> [Stage] {
        let filter = site.filter
        return stages(
            for: site, left: Matrix(zeros: filter.height * filter.channels, rank),
            right: Matrix(zeros: filter.width * filter.count, rank))
    }

    package func stages(
        for site: LinearSite, response: Matrix, target: Matrix, threads: ThreadBudget
    ) -> [Stage] {
        let filter = site.filter
        // Rows (top, input channel), columns (left, output channel).
        var unfolded = Matrix(
            zeros: filter.height * filter.channels, filter.width * filter.count)
        for output in 0..<filter.count {
            for top in 0..<filter.height {
                for left in 0..<filter.width {
                    for channel in 0..<filter.channels {
                        unfolded[top * filter.channels + channel, left * filter.count + output] =
                            filter[output, top, left, channel]
                    }
                }
            }
        }
        let vectors = SingularVectors(unfolded, count: rank, threads: threads)
        return stages(for: site, left: vectors.left, right: vectors.right)
    }

    private func stages(for site: LinearSite, left: Matrix, right: Matrix) -> [Stage] {
        guard case .conv2D(let convolution) = site.op else { return [] }
        let filter = site.filter
        let columns = Filter(
            left.transposed.elements, count: rank, height: filter.height, width: 1,
            channels: filter.channels)
        var rows = [Double](repeating: 0, count: filter.count * filter.width * rank)
        for output in 0..<filter.count {
            for left in 0..<filter.width {
                for index in 0..<rank {
                    rows[(output * filter.width + left) * rank + index] =
                        right[left * filter.count + output, index]
                }
            }
        }
        var (vertical, horizontal) = (convolution, convolution)
        vertical.strides.width = 1
        vertical.dilations.width = 1
        horizontal.strides.height = 1
        horizontal.dilations.height = 1
        return [
            Stage(.conv2D(vertical), columns),
            Stage(
                .conv2D(horizontal),
                Filter(rows, count: filter.count, height: 1, width: filter.width, channels: rank),
                bias: site.bias),
        ]
    }
}
