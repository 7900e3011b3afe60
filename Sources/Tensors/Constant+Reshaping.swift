extension Constant {
    /// The same elements in row-major order under another shape of equal element count.
    ///
    /// A view that strides and factors cannot express (axes split or merged across a permutation, a scaled axis split in
    /// two) is read into memory first.
    package func reshaped(_ shape: Shape) -> Constant {
        if shape == self.shape { return self }
        let grid = grid?.reshaped(from: self.shape, to: shape)
        if let view = reshapedView(shape) { return view.onGrid(grid) }
        var view = materialized()
        view.shape = shape
        view.strides = shape.strides
        return view.onGrid(grid)
    }

    /// The view under another shape, or nil if strides and factors cannot express it.
    private func reshapedView(_ target: Shape) -> Constant? {
        guard shape.elementCount > 0 else { return emptyView(target) }
        var view = self
        view.shape = target
        view.strides = [Int](repeating: 0, count: target.rank)
        view.factors = [:]
        var commonFactor = 1.0
        for group in axisGroups(reshapedTo: target) {
            for axis in group.source where shape.dims[axis] == 1 {
                commonFactor *= factors[axis]?.first ?? 1
            }
            let sources = group.source.filter { shape.dims[$0] != 1 }
            let targets = group.target.filter { target.dims[$0] != 1 }
            guard let last = sources.last else { continue }
            for (outer, inner) in zip(sources, sources.dropFirst())
            where strides[outer] != strides[inner] * shape.dims[inner] { return nil }
            var step = strides[last]
            for axis in targets.reversed() {
                view.strides[axis] = step
                step *= target.dims[axis]
            }
            if let merged = mergedFactors(of: sources) {
                guard targets.count == 1 else { return nil }
                view.factors[targets[0]] = merged
            }
        }
        if commonFactor != 1 {
            guard let count = target.dims.first else { return nil }
            return view.scaled(by: [Double](repeating: commonFactor, count: count), axis: 0)
        }
        return view
    }

    private func emptyView(_ target: Shape) -> Constant {
        var view = self
        view.shape = target
        view.strides = target.strides
        view.factors = [:]
        return view
    }

    /// The factors of some axes as one axis; nil if none of them has any.
    private func mergedFactors(of axes: [Int]) -> [Double]? {
        guard axes.contains(where: { factors[$0] != nil }) else { return nil }
        return axes.reduce([1.0]) { merged, axis in
            merged.flatMap { outer in
                (0..<shape.dims[axis]).map { outer * (factors[axis]?[$0] ?? 1) }
            }
        }
    }

    /// The smallest runs of axes whose extents have the same product before and after.
    private func axisGroups(
        reshapedTo target: Shape
    ) -> [(source: Range<Int>, target: Range<Int>)] {
        var groups: [(source: Range<Int>, target: Range<Int>)] = []
        var (from, to) = (0, 0)
        while from < shape.rank || to < target.rank {
            let (firstFrom, firstTo) = (from, to)
            var (sourceCount, targetCount) = (1, 1)
            repeat {
                if from < shape.rank, sourceCount <= targetCount || to == target.rank {
                    sourceCount *= shape.dims[from]
                    from += 1
                } else {
                    targetCount *= target.dims[to]
                    to += 1
                }
            } while sourceCount != targetCount && (from < shape.rank || to < target.rank)
            groups.append((firstFrom..<from, firstTo..<to))
        }
        return groups
    }
}
