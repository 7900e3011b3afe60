import Tensors

extension LayoutKernels {
    /// Joins tensors that differ only along `axis` (normalized).
    package static func concatenate(
        _ inputs: [(shape: Shape, data: UnsafeRawPointer)], axis: Int, elementSize: Int,
        output: UnsafeMutableRawPointer
    ) {
        let total = inputs.reduce(0) { $0 + $1.shape.dims[axis] }
        var target = output
        for (shape, data) in inputs {
            let inner = shape.dims[(axis + 1)...].reduce(1, *)
            let run = shape.dims[axis] * inner
            StridedCopy(
                extents: [shape.dims[..<axis].reduce(1, *), run], sourceStrides: [run, 1],
                targetStrides: [total * inner, 1], elementSize: elementSize
            ).run(from: data, to: target)
            target += run * elementSize
        }
    }
}
