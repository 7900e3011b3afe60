import Tensors

/// Every `strides`-th element from `begin` on.
///
/// Input: x. Output: `sizes`; a size of −1 takes all there are. `begin` counts from the front, strides are positive.
package struct Slice: PlainOperation {
    package static let kind = OpKind.slice
    package var begin: [Int]
    package var sizes: [Int]
    package var strides: [Int]

    /// A slice of every element (`strides` nil) or every n-th one.
    package init(begin: [Int], sizes: [Int], strides: [Int]? = nil) {
        self.begin = begin
        self.sizes = sizes
        self.strides = strides ?? [Int](repeating: 1, count: begin.count)
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(eachAxis: "begin", &begin)
        visitor.visit(eachAxis: "sizes", &sizes)
        visitor.visit(eachAxis: "strides", &strides)
    }

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

    /// Whether all elements along an axis are taken.
    package func isWhole(_ axis: Int, of x: Shape) -> Bool {
        begin[axis] == 0 && strides[axis] == 1 && (sizes[axis] == -1 || sizes[axis] == x[axis])
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { !isWhole($0, of: inputs[0].shape) },
            layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool {
        begin.indices.allSatisfy { isWhole($0, of: inputs[0].shape) }
    }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
