import GraphIR
import Problems
import Tensors

/// The maximum or mean of as many windows along each spatial axis as the output has elements.
///
/// Window i of o over n elements holds those from ⌊i·n/o⌋ up to, without, ⌈(i+1)·n/o⌉.
package struct AdaptivePooling: Sendable {
    let kind: Reduce.Kind
    let size: [Int]
    let format: DataFormat

    package init(kind: Reduce.Kind, size: [Int], format: DataFormat) {
        self.kind = kind
        self.size = size
        self.format = format
    }

    /// The pooled elements of x, which has any format.
    package func apply(to x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        try builder.requireRank(x, size.count + 2)
        let axes = format.spatialAxes(rank: size.count + 2)
        return try zip(axes, size).reduce(x) { y, target in
            try pooled(y, axis: target.0, count: target.1, in: builder)
        }
    }

    /// Pools along one axis.
    private func pooled(
        _ x: ValueID, axis: Int, count: Int, in builder: GraphBuilder
    ) throws -> ValueID {
        let extent = try builder.shape(of: x).knownExtent(axis)
        if extent == count { return x }
        guard try checkedProduct(extent, count, "adaptive pooling") < 1 << 24 else {
            throw Problem(.tooLarge(what: "adaptive pooling", value: "\(extent)·\(count)"))
        }
        let windows = (0..<count).map { index in
            index * extent / count..<((index + 1) * extent + count - 1) / count
        }
        if kind == .mean {
            let rows = windows.flatMap { window in
                (0..<extent).map { window.contains($0) ? 1 / Double(window.count) : 0 }
            }
            let matrix = builder.constant(Constant(rows, [count, extent]), role: "windows")
            return try builder.alongLastAxis(x, axis: axis) {
                try builder.add(.fullyConnected(FullyConnected()), [$0, matrix])
            }
        }
        return try maxima(of: x, axis: axis, windows: windows, in: builder)
    }

    /// The maximum of each window along an axis; shorter windows repeat their last element.
    private func maxima(
        of x: ValueID, axis: Int, windows: [Range<Int>], in builder: GraphBuilder
    ) throws -> ValueID {
        let length = windows.map(\.count).max() ?? 1
        let places = windows.flatMap { window in
            (0..<length).map { min(window.lowerBound + $0, window.upperBound - 1) }
        }
        let isWhole = places == Array(0..<builder.shape(of: x).dims[axis])
        let spread = isWhole ? x : try builder.gathered(x, places, axis: axis)
        if length == 1 { return spread }
        var extents = builder.extents(of: spread)
        extents.replaceSubrange(axis...axis, with: [.known(windows.count), .known(length)])
        return try builder.reduce(.max, builder.reshape(spread, extents), axes: [axis + 1])
    }
}
