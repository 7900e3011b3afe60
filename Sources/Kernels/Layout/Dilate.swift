import Tensors

extension LayoutKernels {
    /// Puts `steps[i] − 1` copies of the element at `value` between neighbours along each dimension.
    package static func dilate(
        _ shape: Shape, steps: [Int], elementSize: Int, value: UnsafeRawPointer,
        input: UnsafeRawPointer, output: UnsafeMutableRawPointer
    ) {
        let result = dilatedShape(shape, steps: steps)
        fill(count: result.elementCount, elementSize: elementSize, value: value, output: output)
        StridedCopy(
            extents: shape.dims, sourceStrides: shape.strides,
            targetStrides: zip(result.strides, steps).map { $0 * $1 }, elementSize: elementSize
        ).run(from: input, to: output)
    }

    /// The shape of what `dilate` makes.
    package static func dilatedShape(_ shape: Shape, steps: [Int]) -> Shape {
        Shape(zip(shape.dims, steps).map { $0 == 0 ? 0 : ($0 - 1) * $1 + 1 })
    }
}
