import Tensors

/// Which elements of a dense row-major operand fall into each result of a reduction.
package struct ReductionLoop: Sendable {
    private let shape: Shape
    /// The result's shape with each reduced extent kept as 1.
    package let keptShape: Shape
    /// Elements reduced into each result.
    package let reducedCount: Int
    let keptExtents: [Int]
    let keptStrides: [Int]
    let reducedExtents: [Int]
    let reducedStrides: [Int]

    /// Nil if an axis is outside the shape.
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
        self.shape = shape
        keptShape = Shape((0..<shape.rank).map { reduced.contains($0) ? 1 : shape.dims[$0] })
        keptExtents = kept.map { shape.dims[$0] }
        keptStrides = kept.map { strides[$0] }
        reducedExtents = sorted.map { shape.dims[$0] }
        reducedStrides = sorted.map { strides[$0] }
        reducedCount = reducedExtents.reduce(1, *)
    }

    /// Results of the reduction.
    package var resultCount: Int { keptShape.elementCount }

    /// The reduction of the middle of `[outer, count, inner]`.
    struct Step {
        let outer: Int
        let count: Int
        let inner: Int
        /// Whether this gives the result.
        let isLast: Bool
    }

    /// Calls `body` with one reduction after the other, which together make this one, and their operands.
    ///
    /// Neighbouring axes are reduced at once; results in between lie in working memory.
    func forEachStep<Element: BitwiseCopyable>(
        input: UnsafePointer<Element>, output: UnsafeMutablePointer<Element>,
        _ body: (Step, UnsafePointer<Element>, UnsafeMutablePointer<Element>) -> Void
    ) {
        let steps = steps
        let capacity = steps.dropLast().first.map { $0.outer * $0.inner } ?? 0
        withUnsafeTemporaryAllocation(of: Element.self, capacity: 2 * max(capacity, 1)) { memory in
            guard let base = memory.baseAddress else { return }
            var source = input
            for (index, step) in steps.enumerated() {
                let target = step.isLast ? output : base + index % 2 * capacity
                body(step, source, target)
                source = UnsafePointer(target)
            }
        }
    }

    /// The reductions over neighbouring axes.
    ///
    /// Long rows come first, since they leave little; else the outermost axes, which are reduced row by row.
    private var steps: [Step] {
        var groups = groups
        var steps: [Step] = []
        while let innermost = groups.last {
            let isInnermost = innermost.count >= 64 || groups.count == 1
            let index = isInnermost ? groups.count - 1 : 0
            let count = groups[index].count
            let outer = groups[..<index].reduce(groups[index].outer) { $0 * $1.outer * $1.count }
            let inner = groups[(index + 1)...].reduce(groups[index].inner) {
                $0 * $1.outer * $1.count * $1.inner
            }
            steps.append(Step(outer: outer, count: count, inner: inner, isLast: groups.count == 1))
            let removed = groups.remove(at: index)
            if index < groups.count {
                groups[index].outer *= removed.outer
            } else if index > 0 {
                groups[index - 1].inner *= removed.outer * removed.inner
            }
        }
        return steps
    }

    /// The reduced neighbouring axes, each with what is kept before it; the last also with what is behind it.
    private var groups: [(outer: Int, count: Int, inner: Int)] {
        var groups: [(outer: Int, count: Int, inner: Int)] = []
        var (kept, isReduced) = (1, false)
        for axis in 0..<keptShape.rank where shape[axis] != 1 {
            if keptShape[axis] != 1 {
                kept *= shape[axis]
                isReduced = false
            } else if isReduced {
                groups[groups.count - 1].count *= shape[axis]
            } else {
                groups.append((kept, shape[axis], 1))
                (kept, isReduced) = (1, true)
            }
        }
        if groups.isEmpty { return [(1, 1, kept)] }
        groups[groups.count - 1].inner = kept
        return groups
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
