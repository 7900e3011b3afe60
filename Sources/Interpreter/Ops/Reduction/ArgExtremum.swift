import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// ARG_MAX and ARG_MIN: the index of the first extremum along an axis, as int32 or int64.
    func argExtremum(isMinimum: Bool) throws -> PreparedOperator {
        let x = try plainInput(0)
        let axis = try axis(try integer(1), of: x.shape)
        guard x.shape[axis] > 0 else { throw malformed("axis \(axis) of \(x.shape) is empty") }
        var dims = x.shape.dims
        dims.remove(at: axis)
        guard let type = declaredType(0) else { throw malformed("output 0 is missing") }
        let y = try output(0, type, Shape(dims))
        switch type {
        case .int32: return try search(isMinimum, x, axis, y, Int32.self)
        case .int64: return try search(isMinimum, x, axis, y, Int64.self)
        default: throw unsupported(type)
        }
    }

    private func search<Index: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ isMinimum: Bool, _ x: Operand, _ axis: Int, _ y: Operand, _: Index.Type
    ) throws -> PreparedOperator {
        let outer = Shape(Array(x.shape.dims[..<axis])).elementCount
        let inner = Shape(Array(x.shape.dims[(axis + 1)...])).elementCount
        func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
            _: Element.Type
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                ReferenceKernels.firstIndex(
                    isMinimum: isMinimum, outer: outer, count: x.shape[axis], inner: inner,
                    input: context.elements(x, Element.self),
                    output: context.output(y, as: Index.self))
            }
        }
        switch x.dtype {
        case .float32:
            return PreparedOperator(y) { context in
                FastKernels.firstIndex(
                    isMinimum: isMinimum, outer: outer, count: x.shape[axis], inner: inner,
                    input: context.floats(x), output: context.output(y, as: Index.self),
                    threads: context.threads)
            }
        case .int8: return kernel(Int8.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        case .uint8, .bool: return kernel(UInt8.self)
        default: throw unsupported(x.dtype)
        }
    }
}
