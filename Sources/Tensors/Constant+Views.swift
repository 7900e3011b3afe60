extension Constant {
    /// The view with its axes reordered: axis `k` of the result is axis `axes[k]` of this view.
    package func permuted(_ axes: [Int]) -> Constant {
        var view = self
        view.shape = Shape(axes.map { shape.dims[$0] })
        view.strides = axes.map { strides[$0] }
        view.factors = [:]
        for (target, axis) in axes.enumerated() {
            view.factors[target] = factors[axis]
        }
        return view
    }

    /// The same elements in row-major order under another shape of equal element count.
    ///
    /// A view that no strides can express (a reshape across permuted or scaled axes) is read into memory first.
    package func reshaped(_ shape: Shape) -> Constant {
        if shape == self.shape { return self }
        if onlyUnitAxesDiffer(from: shape) { return droppingUnitAxes(to: shape) }
        guard isDense, factors.isEmpty else {
            let (view, moved) = foldingFactors(into: shape)
            if moved { return view }
            return materialized().reshaped(shape)
        }
        var view = self
        view.shape = shape
        view.strides = shape.strides
        return view
    }

    /// The view multiplied along `axis` by `factor`, whose count is that axis' extent.
    package func scaled(by factor: [Double], axis: Int) -> Constant {
        var view = self
        if let present = view.factors[axis] {
            view.factors[axis] = zip(present, factor).map { $0 * $1 }
        } else {
            view.factors[axis] = factor
        }
        return view
    }

    /// The part of the view with indices `range` along `axis`.
    package func sliced(_ range: Range<Int>, axis: Int) -> Constant {
        var view = self
        view.offset += range.lowerBound * strides[axis]
        view.shape[axis] = range.count
        view.factors[axis] = factors[axis].map { Array($0[range]) }
        return view
    }

    /// The view repeated without copying to `shape`, whose trailing extents equal this view's or meet an extent of 1.
    package func broadcast(to shape: Shape) -> Constant {
        let added = shape.rank - self.shape.rank
        var view = self
        view.shape = shape
        view.strides = [Int](repeating: 0, count: shape.rank)
        view.factors = [:]
        for axis in 0..<self.shape.rank {
            let repeats = self.shape.dims[axis] == 1 && shape.dims[axis + added] != 1
            view.strides[axis + added] = repeats ? 0 : strides[axis]
            if let factor = factors[axis] {
                view.factors[axis + added] =
                    repeats
                    ? [Double](repeating: factor[0], count: shape.dims[axis + added]) : factor
            }
        }
        return view
    }

    /// The view with its elements read as another type.
    package func cast(to dtype: DType) -> Constant {
        dtype == self.dtype ? self : Constant(tensor(), as: dtype)
    }

    /// The view with its elements read into memory.
    package func materialized() -> Constant {
        Constant(tensor())
    }

    /// Whether the view's elements lie densely and in order, apart from factors.
    var isDense: Bool {
        let dense = shape.strides
        return zip(shape.dims, zip(strides, dense)).allSatisfy { $0 <= 1 || $1.0 == $1.1 }
    }

    /// Whether two views show the same stored elements with the same factors.
    package func isSameView(as other: Constant) -> Bool {
        source.bytes.baseAddress == other.source.bytes.baseAddress && offset == other.offset
            && dtype == other.dtype && storedType == other.storedType && shape == other.shape
            && strides == other.strides && factors == other.factors
    }

    private func onlyUnitAxesDiffer(from other: Shape) -> Bool {
        shape.dims.filter { $0 != 1 } == other.dims.filter { $0 != 1 }
    }

    /// Reshapes by inserting and removing axes of extent 1 only.
    private func droppingUnitAxes(to target: Shape) -> Constant {
        var kept = shape.dims.indices.filter { shape.dims[$0] != 1 }.makeIterator()
        var view = self
        view.shape = target
        view.strides = [Int](repeating: 0, count: target.rank)
        view.factors = [:]
        var unitFactor = 1.0
        for axis in shape.dims.indices where shape.dims[axis] == 1 {
            unitFactor *= factors[axis]?.first ?? 1
        }
        for (axis, dim) in target.dims.enumerated() where dim != 1 {
            guard let from = kept.next() else { continue }
            view.strides[axis] = strides[from]
            view.factors[axis] = factors[from]
        }
        if unitFactor != 1, let axis = target.dims.indices.first {
            return view.scaled(
                by: [Double](repeating: unitFactor, count: target.dims[axis]), axis: axis)
        }
        return view
    }

    /// Reshapes a dense view whose factors sit on leading axes that `target` keeps.
    private func foldingFactors(into target: Shape) -> (Constant, Bool) {
        guard isDense, let last = factors.keys.max(), last < target.rank,
            shape.dims.prefix(last + 1) == target.dims.prefix(last + 1)
        else { return (self, false) }
        var view = self
        view.shape = target
        view.strides = target.strides
        return (view, true)
    }
}
