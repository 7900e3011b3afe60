import GraphIR
import Tensors

/// Turns a convolution whose filter is a product into the two convolutions that it is the product of.
///
///     before   x ─ Conv2D(k×k, w[o, y, x, c] = Σ pₘ[o, c] · dₘ[y, x, c]) ─ y
///     after    x ─ DepthwiseConv2D(d) ─ Conv2D(1×1, p) ─ y
///
///     before   x ─ Conv2D(k×k, w[o, y, x, c] = Σ bᵣ[o, x] · aᵣ[y, c]) ─ y
///     after    x ─ Conv2D(k×1, a) ─ Conv2D(1×k, b) ─ y
///
/// The rank of each input channel's windows, and that of columns by rows, is found by elimination in double precision. Requires
/// that the cost model predicts less time. Exact up to rounding.
package struct SeparateConvolutions: Pass {
    package let name = "separate-convolutions"
    package let summary =
        "Turns convolutions whose filters are products into depthwise and pointwise, or column and row ones."

    /// The most windows of an input channel: more are hardly ever faster.
    private static let largestMultiplier = 3
    /// The most channels between columns and rows that are looked for.
    private static let largestRank = 48

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let (convolution, kernel) = node.denseConvolution(in: graph), kernel.taps > 1,
            graph[node.output].trainedRange == nil,
            kernel.constant.shape.elementCount <= context.budget.weightElements
        else { return .none }
        let factors = [
            depthwiseAndPointwise(convolution, kernel), columnAndRow(convolution, kernel),
        ].compactMap { $0 }
        let bias = node.inputs.dropFirst(2).map { graph[$0].type }
        for factors in factors {
            let stages = [
                (factors.first, [factors.filters.0.type]),
                (factors.last, [factors.filters.1.type] + bias),
            ]
            guard try graph.predictsLess(stages, than: node, by: context.cost) else { continue }
            return try .replacing(node, in: graph) { patch in
                let (first, last) = factors.filters
                let inner = try patch.add(
                    factors.first, [node.inputs[0], patch.constant(first, role: "factor")])
                let filter = patch.constant(last, inPlaceOf: node.inputs[1])
                return try patch.add(factors.last, [inner, filter] + node.inputs.dropFirst(2))
            }
        }
        return factors.isEmpty ? .none : .refused("two convolutions are predicted to take longer")
    }

    /// Two convolutions one after the other.
    private struct Factors {
        var first: Op
        var last: Op
        var filters: (Constant, Constant)
    }

    private func depthwiseAndPointwise(
        _ convolution: Conv2D, _ kernel: KernelElements
    ) -> Factors? {
        let (outputs, taps, channels) = (kernel.outputs, kernel.taps, kernel.channels)
        let most = min(Self.largestMultiplier, taps - 1, outputs - 1)
        guard most > 0 else { return nil }
        // A few outputs show for most filters that the rank is too high.
        let sample = kernel.part(outputs: 0..<most + 1, channels: 0..<1)
        guard CrossApproximation(sample, width: taps, largestRank: most) != nil else { return nil }
        let crosses = (0..<channels).lazy.map { channel in
            CrossApproximation(
                kernel.part(channels: channel..<channel + 1), width: taps, largestRank: most)
        }
        var slices: [CrossApproximation] = []
        for cross in crosses {
            guard let cross else { return nil }
            slices.append(cross)
        }
        let multiplier = max(slices.map(\.rank).max() ?? 1, 1)
        let count = channels * multiplier
        var windows = [Double](repeating: 0, count: taps * count)
        var points = [Double](repeating: 0, count: outputs * count)
        for (channel, slice) in slices.enumerated() {
            for index in 0..<slice.rank {
                let place = channel * multiplier + index
                for tap in 0..<taps { windows[tap * count + place] = slice.rows[index][tap] }
                for output in 0..<outputs {
                    points[output * count + place] = slice.columns[index][output]
                }
            }
        }
        let depthwise = DepthwiseConv2D(
            strides: convolution.strides, dilations: convolution.dilations,
            padding: convolution.padding)
        return Factors(
            first: depthwise.op, last: Conv2D(activation: convolution.activation).op,
            filters: (
                Constant(windows, [1, kernel.height, kernel.width, count]),
                Constant(points, [outputs, 1, 1, count])
            ))
    }

    private func columnAndRow(_ convolution: Conv2D, _ kernel: KernelElements) -> Factors? {
        let (height, width) = (kernel.height, kernel.width)
        guard height > 1, width > 1 else { return nil }
        let sample = columnsByRows(
            kernel, outputs: min(kernel.outputs, Self.largestRank / width + 1),
            channels: min(kernel.channels, Self.largestRank / height + 1))
        guard !sample.needsMoreProducts, sample.cross() != nil else { return nil }
        let whole = columnsByRows(kernel, outputs: kernel.outputs, channels: kernel.channels)
        guard let cross = whole.cross(), cross.rank > 0 else { return nil }
        let (rank, channels, outputs) = (cross.rank, kernel.channels, kernel.outputs)
        // [rank, kh, 1, in], and [out, 1, kw, rank] from rows over (column, output).
        let columns = cross.columns.flatMap { $0 }
        let rows = (0..<outputs * width * rank).map { place in
            let (output, column) = (place / (width * rank), place / rank % width)
            return cross.rows[place % rank][column * outputs + output]
        }
        var (first, last) = (convolution, convolution)
        first.activation = .none
        (first.strides.width, first.dilations.width) = (1, 1)
        (last.strides.height, last.dilations.height) = (1, 1)
        return Factors(
            first: first.op, last: last.op,
            filters: (
                Constant(columns, [rank, height, 1, channels]),
                Constant(rows, [outputs, 1, width, rank])
            ))
    }

    /// A filter as a matrix: rows over (kernel row, input channel), columns over (kernel column, output channel).
    private struct Unfolded {
        var elements: [Double]
        var width: Int

        private var largestRank: Int {
            min(SeparateConvolutions.largestRank, min(width, elements.count / width) - 1)
        }

        /// Whether the factors are certainly too many to be worth it.
        var needsMoreProducts: Bool {
            CrossApproximation.needsMore(than: largestRank, elements, width: width)
        }

        /// The factors, if they are few enough to be worth it.
        func cross() -> CrossApproximation? {
            CrossApproximation(elements, width: width, largestRank: largestRank)
        }
    }

    private func columnsByRows(
        _ kernel: KernelElements, outputs: Int, channels: Int
    ) -> Unfolded {
        let part = kernel.part(outputs: 0..<outputs, channels: 0..<channels)
        let (height, width) = (kernel.height, kernel.width)
        var elements = [Double](repeating: 0, count: part.count)
        var place = 0
        for output in 0..<outputs {
            for row in 0..<height {
                for column in 0..<width {
                    let target = row * channels * width * outputs + column * outputs + output
                    for channel in 0..<channels {
                        elements[target + channel * width * outputs] = part[place]
                        place += 1
                    }
                }
            }
        }
        return Unfolded(elements: elements, width: width * outputs)
    }
}
