import Tensors

/// Which elements of a dense row-major operand fall into each result of a reduction.
package struct ReductionLoop: Sendable {
    /// The result's shape with each reduced extent kept as 1.
    package let keptShape: Shape
    /// Elements reduced into each result.
    package let reducedCount: Int
    let keptExtents: [Int]
    let keptStrides: [Int]
    let reducedExtents: [Int]
    let reducedStrides: [Int]

    /// Nil where an axis is outside the shape.
    ///
    /// Negative axes count from the end; repeats are fine.
    package init?(_ shape: Shape, axes: [Int]) {
        var reduced: Set<Int> = []
        for axis in axes {
            guard let normalized = shape.normalizedAxis(axis) else { return nil }
            reduced.insert(normalized)
        }
        let kept = (0..<shape.rank).filter { !reduced.contains($0) }
        let strides = shape.strides
        let sorted = reduced.sorted()
        keptShape = Shape((0..<shape.rank).map { reduced.contains($0) ? 1 : shape.dims[$0] })
        keptExtents = kept.map { shape.dims[$0] }
        keptStrides = kept.map { strides[$0] }
        reducedExtents = sorted.map { shape.dims[$0] }
        reducedStrides = sorted.map { strides[$0] }
        reducedCount = reducedExtents.reduce(1, *)
    }

    /// Results of the reduction.
    package var resultCount: Int { keptShape.elementCount }

    /// The operand as `[outer, count, inner]` with `count` reduced, where its shape allows.
    var contiguous: (outer: Int, count: Int, inner: Int)? {
        let live = zip(reducedExtents, reducedStrides).filter { $0.0 != 1 }
        guard let inner = live.last?.1 else { return (1, 1, resultCount) }
        for (outer, next) in zip(live, live.dropFirst()) where outer.1 != next.0 * next.1 {
            return nil
        }
        let outer = zip(keptExtents, keptStrides).filter { $0.1 > inner }.reduce(1) { $0 * $1.0 }
        return (outer, reducedCount, inner)
    }

    /// The operand offsets that index tuples over `extents` reach, in row-major order.
    static func offsets(_ extents: [Int], _ strides: [Int]) -> [Int] {
        var offsets = [0]
        for (extent, stride) in zip(extents, strides) {
            offsets = offsets.flatMap { base in (0..<extent).map { base + $0 * stride } }
        }
        return offsets
    }
}
