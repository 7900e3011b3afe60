import Tensors

/// Every `strides`-th element from `begin` up to, without, `end`, for axes of unknown extent.
///
/// Input: x. Bounds below zero count from the end, and those outside are moved inside, as in Python; `open` ends with the
/// last element. Strides are positive.
package struct BoundedSlice: PlainOperation {
    package static let kind = OpKind.boundedSlice
    package var begin: [Int]
    package var end: [Int]
    package var strides: [Int]

    /// The end of an axis that is taken to its last element.
    package static let open = Int(Int32.max)

    package init(begin: [Int], end: [Int], strides: [Int]? = nil) {
        self.begin = begin
        self.end = end
        self.strides = strides ?? [Int](repeating: 1, count: begin.count)
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(eachAxis: "begin", &begin)
        visitor.visit(eachAxis: "end", &end)
        visitor.visit(eachAxis: "strides", &strides)
    }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        let x = inputs[0].shape
        try Check.require(
            begin.count == x.rank && end.count == x.rank && strides.count == x.rank
                && strides.allSatisfy { $0 > 0 },
            "\(Self.name) from \(begin) to \(end) does not fit \(x)")
        let dims = x.dims.indices.map { axis in
            guard x.dims[axis] == Shape.free else { return range(axis, of: x.dims[axis]).count }
            let isLast = begin[axis] == -1 && end[axis] == Self.open
            let isElement = begin[axis] < -1 && end[axis] == begin[axis] + 1
            return isLast || isElement ? 1 : Shape.free
        }
        return [TensorType(inputs[0].dtype, Shape(dims))]
    }

    /// The first element and the number of elements along an axis of known extent.
    package func range(_ axis: Int, of extent: Int) -> (first: Int, count: Int) {
        func inside(_ bound: Int) -> Int { min(max(bound < 0 ? bound + extent : bound, 0), extent) }
        let (first, last) = (inside(begin[axis]), inside(end[axis]))
        return (first, last > first ? (last - first - 1) / strides[axis] + 1 : 0)
    }

    /// Whether all elements along an axis are taken.
    private func isWhole(_ axis: Int) -> Bool {
        begin[axis] == 0 && strides[axis] == 1 && end[axis] == Self.open
    }

    package func axes(for inputs: [TensorType]) -> AxisMap {
        .keeping(
            rank: inputs[0].shape.rank, changed: { !isWhole($0) }, layout: .named)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { begin.indices.allSatisfy(isWhole) }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
