import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CUMSUM: running sums along the axis of the second input.
    mutating func cumulativeSum() throws -> Kernel {
        let flags = optionalOptions(CumsumOptions.self) ?? CumsumOptions()
        let (exclusive, reverse) = (flags.isExclusive, flags.isReversed)
        let x = try plainInput(0)
        let axis = try axis(try integer(1), of: x.shape)
        let y = try output(0, x.dtype, x.shape)
        let outer = Shape(Array(x.shape.dims[..<axis])).elementCount
        let inner = Shape(Array(x.shape.dims[(axis + 1)...])).elementCount
        func kernel<Element: ArithmeticElement>(_: Element.Type) -> Kernel {
            { frame in
                FastKernels.cumulativeSum(
                    outer: outer, count: x.shape[axis], inner: inner, exclusive: exclusive,
                    reverse: reverse, input: frame.elements(x, Element.self),
                    output: frame.output(y), threads: frame.threads)
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
