import Tensors

extension Shape {
    /// The axis of `target`, a reshape of this shape, that runs over the same elements as `axis`; nil if there is none.
    package func axis(_ axis: Int, in target: Shape) -> Int? {
        func outer(_ shape: Shape, _ axis: Int) -> (Int, Int) {
            let dims = shape.dims.prefix(axis)
            return (Shape(Array(dims)).elementCount, dims.count { $0 == Shape.free })
        }
        func inner(_ shape: Shape, _ axis: Int) -> (Int, Int) {
            let dims = shape.dims.dropFirst(axis + 1)
            return (Shape(Array(dims)).elementCount, dims.count { $0 == Shape.free })
        }
        return target.dims.indices.first { candidate in
            target.dims[candidate] == dims[axis] && outer(self, axis) == outer(target, candidate)
                && inner(self, axis) == inner(target, candidate)
        }
    }

    /// Whether a tensor of this shape has at most one free extent.
    package var canBeReshapeTarget: Bool { dims.count { $0 == Shape.free } <= 1 }
}
