import Kernels
import Tensors

extension OperatorPreparation {
    /// DEQUANTIZE: half-precision floats widened, or `scale · (integer − zero point)`.
    func dequantize() throws -> PreparedOperator {
        let x = try input(0)
        let y = try output(0, .float32, x.shape)
        if x.dtype == .float16 || x.dtype == .bfloat16 {
            return PreparedOperator(y) { context in
                _ = ReferenceKernels.cast(
                    from: x.dtype, to: .float32, count: x.count, input: context.bytes(x),
                    output: context.output(y))
            }
        }
        guard let slices = QuantizedSlices(x) else { throw malformed("its input has no scale") }
        func kernel<Element: FixedWidthInteger & Sendable>(_: Element.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                slices.dequantize(
                    UnsafeBufferPointer(start: context.elements(x, Element.self), count: x.count),
                    to: UnsafeMutableBufferPointer(start: context.floatOutput(y), count: x.count))
            }
        }
        switch x.dtype {
        case .int8: return kernel(Int8.self)
        case .uint8: return kernel(UInt8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        default: throw unsupported(x.dtype)
        }
    }
}
