import Problems
import Tensors

/// Picks elements: ranges, places, and choices between two values.
extension GraphWriter {
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
    package func trimmed(_ x: ValueID, _ amounts: [PadAmount]) throws -> ValueID {
        if amounts.areNone { return x }
        let dims = shape(of: x).dims
        let begin = amounts.map(\.before)
        guard zip(dims, amounts).allSatisfy({ $0 != Shape.free || $1 == .none }) else {
            let end = amounts.map { $0.after == 0 ? BoundedSlice.open : -$0.after }
            return try add(.boundedSlice(BoundedSlice(begin: begin, end: end)), [x])
        }
        let sizes = zip(dims, amounts).map { $0 == Shape.free ? -1 : $0 - $1.total }
        guard zip(dims, sizes).allSatisfy({ $0 == Shape.free || $1 > 0 }) else {
            throw Problem(.invalidShape("\(amounts.text) cannot be cropped from \(Shape(dims))"))
        }
        return try add(.slice(Slice(begin: begin, sizes: sizes)), [x])
    }

    /// Parts of these sizes along an axis; one size may be −1 for what is left.
    package func split(_ x: ValueID, axis: Int, sizes: [Int]) throws -> [ValueID] {
        let extent = try shape(of: x).knownExtent(axis)
        let known = sizes.filter { $0 >= 0 }.reduce(0) { $0 &+ $1 }
        var begin = 0
        return try sizes.map { size in
            let count = size < 0 ? extent - known : size
            guard count > 0, count <= extent - begin else {
                throw Problem(
                    .invalidShape("an axis of \(extent) cannot be split into parts of \(sizes)"))
            }
            defer { begin += count }
            return count == extent ? x : try slice(x, axis: axis, from: begin, count: count)
        }
    }

    /// The elements in reverse order along some axes.
    package func reversed(_ x: ValueID, axes: [Int]) throws -> ValueID {
        axes.isEmpty ? x : try add(.reverse(Reverse(axes: axes)), [x])
    }

    /// The slices of x at constant indices along an axis.
    package func gathered(_ x: ValueID, _ indices: [Int], axis: Int) throws -> ValueID {
        let index = constant(Constant(indices, [indices.count]), role: "indices")
        return try add(.gather(Gather(axis: axis)), [x, index])
    }

    /// The slices at indices along an axis; constant indices may count from the end.
    package func taken(_ x: ValueID, _ indices: ValueID, axis: Int, batch: Int) throws -> ValueID {
        var index = indices
        if let known = storedConstant(of: indices) {
            let extent = shape(of: x).dims[axis]
            let values = known.doubles()
            if values.contains(where: { $0 < 0 }), extent != Shape.free {
                let positive = values.map { Int($0 < 0 ? $0 + Double(extent) : $0) }
                index = constant(Constant(positive, known.shape), role: "indices")
            }
        }
        return try add(.gather(Gather(axis: axis, batchDimensions: batch)), [x, index])
    }

    /// For each index the element at its own place along all other axes: x · [index = position], summed.
    package func takenAlong(_ x: ValueID, _ indices: ValueID, axis: Int) throws -> ValueID {
        let rank = shape(of: x).rank
        let extent = try shape(of: x).knownExtent(axis)
        var order = Array(0..<rank)
        order.swapAt(axis, rank - 1)
        let values = try expandDimension(transpose(floating(x), order), at: rank - 1)
        let index = try cast(transpose(indices, order), to: .int32)
        let isNegative = try binary(.less, index, 0)
        let wrapped = try select(isNegative, binary(.add, index, Double(extent)), index)
        try checkList(extent, "the positions")
        let positions = constant(Constant(Array(0..<extent), [extent]), role: "positions")
        let matches = try binary(.equal, expandDimension(wrapped, at: rank), positions)
        let picked = try select(matches, values, scalar(0, like: values))
        let sum = try reduce(.sum, picked, axes: [rank])
        return try cast(transpose(sum, order), to: dtype(of: x))
    }

    /// The elements whose column is `offset` behind their row, as the last axis.
    package func diagonal(_ x: ValueID, rows: Int, columns: Int, offset: Int) throws -> ValueID {
        let shape = shape(of: x)
        guard rows != columns, rows >= 0 else {
            throw Problem(.invalidShape("\(shape) has no diagonal"))
        }
        let outer = shape.dims.indices.filter { $0 != rows && $0 != columns }
        let (height, width) = (try shape.knownExtent(rows), try shape.knownExtent(columns))
        let begin = (row: max(-offset, 0), column: max(offset, 0))
        let count = min(height - begin.row, width - begin.column)
        guard count > 0 else { throw Problem(.invalidShape("the diagonal of \(shape) is empty")) }
        let moved = try transpose(x, outer + [rows, columns])
        let flat = try reshape(
            moved, outer.map { shape.dims[$0] } + [checkedProduct(height, width, "the matrix")])
        try checkList(count, "the diagonal")
        let indices = (0..<count).map { (begin.row + $0) * width + begin.column + $0 }
        return try gathered(flat, indices, axis: outer.count)
    }

    /// Elements of a where the condition holds, of b elsewhere.
    package func select(_ condition: ValueID, _ a: ValueID, _ b: ValueID) throws -> ValueID {
        try add(.select(Select()), [condition, a, b])
    }

    /// x with a number instead of each NaN.
    package func numbers(_ x: ValueID, orElse value: Double) throws -> ValueID {
        guard dtype(of: x).isFloat else { return x }
        return try select(binary(.notEqual, x, x), scalar(value, like: x), x)
    }
}
