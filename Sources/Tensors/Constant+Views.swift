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
        view.grid = grid?.permuted(axes)
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
        view.grid = grid?.scaled(by: factor, axis: axis)
        return view
    }

    /// The part of the view with indices `range` along `axis`.
    package func sliced(_ range: Range<Int>, axis: Int) -> Constant {
        var view = self
        view.offset += range.lowerBound * strides[axis]
        view.shape[axis] = range.count
        view.factors[axis] = factors[axis].map { Array($0[range]) }
        view.grid = grid?.sliced(range, axis: axis)
        return view
    }

    /// The view repeated without copying to `shape`, whose trailing extents equal this view's or meet an extent of 1.
    package func broadcast(to shape: Shape) -> Constant {
        let added = shape.rank - self.shape.rank
        var view = self
        view.shape = shape
        view.strides = [Int](repeating: 0, count: shape.rank)
        view.factors = [:]
        if grid?.axes != nil { view.grid = nil }
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
        if dtype == self.dtype { return self }
        guard storedType == self.dtype, factors.isEmpty else {
            return Constant(tensor(), as: dtype)
        }
        var view = self
        view.dtype = dtype
        return view
    }

    /// The view with its elements read into memory; scaled floats stay in double precision.
    package func materialized() -> Constant {
        guard dtype.isFloat, !factors.isEmpty else { return Constant(tensor()).onGrid(grid) }
        return Constant(Tensor(dtype: .float64, shape: shape, copying: doubles()), as: dtype)
            .onGrid(grid)
    }

    /// Whether the view's elements lie densely and in order, apart from factors.
    var isDense: Bool {
        if shape.dims.contains(0) { return true }
        let dense = shape.strides
        return zip(shape.dims, zip(strides, dense)).allSatisfy { $0 <= 1 || $1.0 == $1.1 }
    }

    /// What this shows of the stored elements; equal for constants that show the same ones with the same factors.
    package var view: ConstantView {
        ConstantView(
            start: source.bytes.baseAddress, offset: offset, dtype: dtype, storedType: storedType,
            shape: shape, strides: strides, factors: factors)
    }
}

/// The part of stored elements that a constant shows, and how.
package struct ConstantView: Hashable, @unchecked Sendable {
    fileprivate let start: UnsafeRawPointer?
    fileprivate let offset: Int
    fileprivate let dtype: DType
    fileprivate let storedType: DType
    fileprivate let shape: Shape
    fileprivate let strides: [Int]
    fileprivate let factors: [Int: [Double]]
}
