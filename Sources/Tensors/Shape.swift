/// The extents of a tensor, outermost first.
///
/// An extent of `Shape.free` is unknown until run time (the batch of a file with a dynamic batch, a sequence length).
package struct Shape: Sendable, Hashable, ExpressibleByArrayLiteral {
    /// Marks an extent that is unknown until run time.
    package static let free = -1

    /// The extents; each is ≥ 0 or `Shape.free`.
    package var dims: [Int]

    package init(_ dims: [Int]) {
        self.dims = dims
    }

    package init(arrayLiteral elements: Int...) {
        self.dims = elements
    }

    /// The shape of a single value.
    package static let scalar = Shape([])

    /// The number of dimensions.
    package var rank: Int { dims.count }

    /// Whether every extent is known.
    package var isStatic: Bool { !dims.contains(Shape.free) }

    /// The number of elements with each free extent counted as one; saturates at `Int.max`.
    package var elementCount: Int {
        var count = 1
        for dim in dims where dim != Shape.free {
            let (product, overflow) = count.multipliedReportingOverflow(by: dim)
            if overflow { return Int.max }
            count = product
        }
        return count
    }

    /// The extent of a dimension.
    ///
    /// `axis` counts from the end when negative.
    package subscript(axis: Int) -> Int {
        get { dims[axis < 0 ? axis + dims.count : axis] }
        set { dims[axis < 0 ? axis + dims.count : axis] = newValue }
    }

    /// `axis` counted from the front, or nil if it is outside the shape.
    package func normalizedAxis(_ axis: Int) -> Int? {
        let normalized = axis < 0 ? axis + rank : axis
        return (0..<rank).contains(normalized) ? normalized : nil
    }

    /// Elements between neighbours along each dimension of a dense row-major tensor.
    package var strides: [Int] {
        var strides = [Int](repeating: 1, count: rank)
        for axis in stride(from: rank - 2, through: 0, by: -1) {
            strides[axis] = strides[axis + 1] &* Swift.max(dims[axis + 1], 1)
        }
        return strides
    }

    /// This shape with each free extent set to `value`.
    package func resolvingFree(to value: Int = 1) -> Shape {
        Shape(dims.map { $0 == Shape.free ? value : $0 })
    }

    /// The NumPy broadcast of two shapes, or nil if they do not fit.
    ///
    /// Broadcasting a free extent with 1 or another free extent yields a free extent.
    package static func broadcast(_ a: Shape, _ b: Shape) -> Shape? {
        let rank = Swift.max(a.rank, b.rank)
        var result = [Int](repeating: 1, count: rank)
        for offset in 1...Swift.max(rank, 1) where offset <= rank {
            let left = offset <= a.rank ? a[-offset] : 1
            let right = offset <= b.rank ? b[-offset] : 1
            guard left == right || left == 1 || right == 1 || left == free || right == free else {
                return nil
            }
            let joined: Int
            if left == 1 {
                joined = right
            } else if right == 1 || left != free {
                joined = left
            } else {
                joined = right
            }
            result[rank - offset] = joined
        }
        return Shape(result)
    }
}

extension Shape: CustomStringConvertible {
    /// The shape as people write it: `1×224×224×3`, `?` for a free extent, `scalar` for rank 0.
    package var description: String {
        dims.isEmpty
            ? "scalar" : dims.map { $0 == Shape.free ? "?" : String($0) }.joined(separator: "×")
    }
}
