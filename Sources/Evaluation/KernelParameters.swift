import GraphIR
import Kernels
import Tensors

extension NodeRun {
    /// A window that slides along one axis.
    func axis(
        _ size: Int, kernel: Int, stride: Int, dilation: Int = 1, padding: Padding
    ) throws -> WindowAxis {
        try fitting(
            WindowAxis(
                input: size, kernel: kernel, stride: stride, dilation: dilation,
                padding: padding))
    }

    /// The elements before, along and after `axis` of a shape.
    func extents(_ shape: Shape, around axis: Int) throws -> (outer: Int, count: Int, inner: Int) {
        let axis = try fitting(shape.normalizedAxis(axis))
        return (
            Shape(Array(shape.dims[..<axis])).elementCount, shape.dims[axis],
            Shape(Array(shape.dims[(axis + 1)...])).elementCount
        )
    }

    /// The number of vectors along the last axis, and their length.
    func rows(_ index: Int) throws -> (rows: Int, count: Int) {
        let (outer, count, _) = try extents(shape(index), around: -1)
        return (outer, count)
    }

    /// Calls `body` with the element type of an input.
    ///
    /// - Throws: `Problem.Kind.unsupportedOperator` for types without arithmetic.
    func withArithmeticType(
        _ index: Int, _ body: (any ArithmeticElement.Type) throws -> Void
    ) throws {
        switch dtype(index) {
        case .float32: try body(Float.self)
        case .int8: try body(Int8.self)
        case .int16: try body(Int16.self)
        case .int32: try body(Int32.self)
        case .int64: try body(Int64.self)
        case .uint8: try body(UInt8.self)
        default: throw unsupported(dtype(index))
        }
    }
}
