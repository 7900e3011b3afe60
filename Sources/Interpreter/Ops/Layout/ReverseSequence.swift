import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// REVERSE_SEQUENCE: for each record the first `length` elements along an axis in reverse order.
    func reverseSequence() throws -> PreparedOperator {
        let options = try options(ReverseSequenceOptions.self)
        let (x, lengths) = (try input(0), try plainInput(1))
        let axis = try axis(options.sequenceAxis, of: x.shape)
        let batchAxis = try self.axis(options.batchAxis, of: x.shape)
        guard axis != batchAxis, lengths.count == x.shape[batchAxis] else {
            throw malformed("\(lengths.count) lengths for axis \(batchAxis) of \(x.shape)")
        }
        let y = try output(0, x.dtype, x.shape, quantized: true)
        let outside = malformed("a length is outside axis \(axis) of \(x.shape)")
        func kernel<Length: FixedWidthInteger & BitwiseCopyable & Sendable>(
            _: Length.Type
        ) -> PreparedOperator {
            PreparedOperator(y) { context in
                let list = context.elements(lengths, Length.self)
                let counts = (0..<lengths.count).compactMap { index in
                    Int(exactly: list[index]).flatMap {
                        (0...x.shape[axis]).contains($0) ? $0 : nil
                    }
                }
                guard counts.count == lengths.count else { throw outside }
                LayoutKernels.reverseSequence(
                    x.shape, axis: axis, batchAxis: batchAxis, lengths: counts,
                    elementSize: x.elementSize, input: context.bytes(x), output: context.output(y))
            }
        }
        switch lengths.dtype {
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(lengths.dtype)
        }
    }
}
