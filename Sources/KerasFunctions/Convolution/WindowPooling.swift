import GraphIR
import Tensors

/// The maximum or average of a window that slides over one to three spatial axes.
package struct WindowPooling: Sendable {
    let kind: Pool2D.Kind
    let window: [Int]
    let strides: [Int]
    let padding: Padding
    let format: DataFormat

    package init(
        kind: Pool2D.Kind, window: [Int], strides: [Int], padding: Padding, format: DataFormat
    ) {
        self.kind = kind
        self.window = window
        self.strides = strides
        self.padding = padding
        self.format = format
    }

    /// The pooled elements of x, which has any format.
    package func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.requireRank(x, window.count + 2)
        return try builder.channelsLast(x, format) { x in
            switch window.count {
            case 1: try builder.asImageRow(x) { try pool($0, along: [nil, 0], in: builder) }
            case 2: try pool(x, along: [0, 1], in: builder)
            default: try poolVolume(x, in: builder)
            }
        }
    }

    /// Pools height and width of `[N, H, W, C]` with the window's sizes along the given spatial axes; nil leaves an axis.
    private func pool(
        _ x: ValueID, along axes: [Int?], in builder: GraphBuilder
    ) throws -> ValueID {
        let sizes = axes.map { axis in axis.map { (window[$0], strides[$0]) } ?? (1, 1) }
        if sizes.allSatisfy({ $0 == (1, 1) }) { return x }
        let op = Pool2D(
            kind: kind, window: Size2D(sizes[0].0, sizes[1].0),
            strides: Size2D(sizes[0].1, sizes[1].1), padding: padding)
        return try builder.add(.pool2D(op), [x])
    }

    /// Pools `[N, D, H, W, C]`: height and width of each slice, then depth.
    ///
    /// The number of elements that a window holds is the product of its numbers along the axes, so that an average is one
    /// of averages.
    private func poolVolume(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.planewise(x) {
            try pool($0, along: [1, 2], in: builder)
        } depth: {
            try pool($0, along: [0, nil], in: builder)
        }
    }
}
