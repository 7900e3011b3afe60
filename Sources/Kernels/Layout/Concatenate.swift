import Tensors

extension StridedCopy {
    /// The copies that join tensors that differ only along `axis` (normalized), one for each.
    package static func concatenate(
        _ shapes: [Shape], axis: Int, elementSize: Int
    ) -> [StridedCopy] {
        let total = shapes.reduce(0) { $0 + $1.dims[axis] }
        var offset = 0
        return shapes.map { shape in
            let inner = shape.dims[(axis + 1)...].reduce(1, *)
            let run = shape.dims[axis] * inner
            defer { offset += run }
            return StridedCopy(
                extents: [shape.dims[..<axis].reduce(1, *), run], sourceStrides: [run, 1],
                targetStrides: [total * inner, 1], elementSize: elementSize, targetOffset: offset)
        }
    }
}

extension LayoutKernels {
    /// Joins tensors that differ only along `axis` (normalized).
    package static func concatenate(
        _ inputs: [(shape: Shape, data: UnsafeRawPointer)], axis: Int, elementSize: Int,
        output: UnsafeMutableRawPointer
    ) {
        let copies = StridedCopy.concatenate(
            inputs.map(\.shape), axis: axis, elementSize: elementSize)
        for (copy, input) in zip(copies, inputs) { copy.run(from: input.data, to: output) }
    }
}
