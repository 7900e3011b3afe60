import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CUMSUM: running sums along the axis of the second input.
    func cumulativeSum() throws -> PreparedOperator {
        let flags = optionalOptions(CumsumOptions.self) ?? CumsumOptions()
        let (exclusive, reverse) = (flags.isExclusive, flags.isReversed)
        let x = try plainInput(0)
        let axis = try axis(try integer(1), of: x.shape)
        let y = try output(0, x.dtype, x.shape)
        let outer = Shape(Array(x.shape.dims[..<axis])).elementCount
        let inner = Shape(Array(x.shape.dims[(axis + 1)...])).elementCount
        func kernel<Element: ArithmeticElement>(_: Element.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                FastKernels.cumulativeSum(
                    outer: outer, count: x.shape[axis], inner: inner, exclusive: exclusive,
                    reverse: reverse, input: context.elements(x, Element.self),
                    output: context.output(y), threads: context.threads)
            }
        }
        switch x.dtype {
        case .float32: return kernel(Float.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(x.dtype)
        }
    }
}
