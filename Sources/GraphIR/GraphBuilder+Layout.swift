import Problems
import Tensors

extension GraphBuilder {
    /// The elements under another shape, in which extents may be −1.
    ///
    /// Of several unknown extents, those that stay at the front and the end have to be those of x.
    package func reshape(_ x: ValueID, _ shape: [Int]) throws -> ValueID {
        let dims = self.shape(of: x).dims
        if dims == shape { return x }
        if shape.count(where: { $0 == Shape.free }) <= 1 {
            return try add(.reshape(Reshape(shape)), [x])
        }
        guard let extents = Extent.keeping(dims, of: x, in: shape) else {
            throw Problem(
                .unsupported(
                    what: "a reshape to \(Shape(shape)) has several unknown sizes",
                    remedy: "Fix them with --input-shape."), layer: layer)
        }
        return try reshape(x, extents)
    }

    /// The axes in another order; the identity adds nothing.
    package func transpose(_ x: ValueID, _ permutation: [Int]) throws -> ValueID {
        if permutation == Array(0..<shape(of: x).rank) { return x }
        return try add(.transpose(Transpose(permutation)), [x])
    }

    /// Inserts an axis of extent 1 before `axis`.
    package func expandDimension(_ x: ValueID, at axis: Int) throws -> ValueID {
        var extents = extents(of: x)
        extents.insert(.known(1), at: axis)
        return try reshape(x, extents)
    }

    /// Drops an axis of extent 1.
    package func squeezeDimension(_ x: ValueID, at axis: Int) throws -> ValueID {
        var extents = extents(of: x)
        extents.remove(at: axis)
        return try reshape(x, extents)
    }

    /// The inputs one after the other along `axis`, counted from the front.
    package func concatenate(_ inputs: [ValueID], axis: Int) throws -> ValueID {
        if inputs.count == 1 { return inputs[0] }
        return try add(.concatenate(Concatenate(axis: axis)), inputs)
    }

    /// Zeros before and after each axis; none adds nothing.
    package func pad(_ x: ValueID, _ amounts: [[Int]], value: Float = 0) throws -> ValueID {
        if amounts.allSatisfy({ $0 == [0, 0] }) { return x }
        return try add(.pad(Pad(amounts, value: value)), [x])
    }

    /// The elements of a range along one axis; all others stay.
    package func slice(_ x: ValueID, axis: Int, from begin: Int, count: Int) throws -> ValueID {
        let shape = self.shape(of: x)
        var begins = [Int](repeating: 0, count: shape.rank)
        var sizes = shape.dims.map { $0 == Shape.free ? -1 : $0 }
        begins[axis] = begin
        sizes[axis] = count
        return try add(.slice(Slice(begin: begins, sizes: sizes)), [x])
    }

    /// The elements without some at both ends of each axis; none drops nothing.
    package func trimmed(_ x: ValueID, _ amounts: [[Int]]) throws -> ValueID {
        if amounts.allSatisfy({ $0 == [0, 0] }) { return x }
        let dims = shape(of: x).dims
        let begin = amounts.map { $0[0] }
        guard zip(dims, amounts).allSatisfy({ $0 != Shape.free || $1 == [0, 0] }) else {
            let end = amounts.map { $0[1] == 0 ? BoundedSlice.open : -$0[1] }
            return try add(.boundedSlice(BoundedSlice(begin: begin, end: end)), [x])
        }
        let sizes = zip(dims, amounts).map { $0 == Shape.free ? -1 : $0 - $1[0] - $1[1] }
        guard zip(dims, sizes).allSatisfy({ $0 == Shape.free || $1 > 0 }) else {
            throw Problem(.invalidShape("\(amounts) cannot be cropped from \(Shape(dims))"))
        }
        return try add(.slice(Slice(begin: begin, sizes: sizes)), [x])
    }

    /// The elements as another type; the same type adds nothing.
    package func cast(_ x: ValueID, to dtype: DType) throws -> ValueID {
        if self.dtype(of: x) == dtype { return x }
        return try add(.cast(Cast(to: dtype)), [x])
    }
}
