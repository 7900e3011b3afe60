import Tensors

/// Every `strides`-th element from `begin` on.
///
/// Input: x. Output: `sizes`; a size of −1 takes all there are. `begin` counts from the front, strides are positive.
package struct Slice: OpPayload {
    package static let name = "slice"
    package var begin: [Int]
    package var sizes: [Int]
    package var strides: [Int]

    /// A slice of every element (`strides` nil) or every n-th one.
    package init(begin: [Int], sizes: [Int], strides: [Int]? = nil) {
        self.begin = begin
        self.sizes = sizes
        self.strides = strides ?? [Int](repeating: 1, count: begin.count)
    }

    package var op: Op { .slice(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            begin.count == x.rank && sizes.count == x.rank && strides.count == x.rank
                && strides.allSatisfy { $0 > 0 } && begin.allSatisfy { $0 >= 0 },
            "\(Self.name) from \(begin) of size \(sizes) does not fit \(x)")
        var dims: [Int] = []
        for axis in 0..<x.rank {
            let (dim, size) = (x.dims[axis], sizes[axis])
            if dim == Shape.free {
                dims.append(size == -1 ? Shape.free : size)
                continue
            }
            let available =
                dim <= begin[axis] ? 0 : (dim - begin[axis] - 1) / strides[axis] + 1
            try Check.require(
                size >= -1 && size <= available,
                "\(Self.name) from \(begin) of size \(sizes) reaches outside \(x)")
            dims.append(size == -1 ? available : size)
        }
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }

    /// For each axis whether the slice of `source` that is `result` takes all of it.
    package func takesWhole(_ source: Shape, _ result: Shape) -> [Bool] {
        source.dims.indices.map { axis in
            let extent = source.dims[axis]
            return begin[axis] == 0 && strides[axis] == 1
                && (sizes[axis] == -1 || (extent != Shape.free && result.dims[axis] == extent))
        }
    }
}
