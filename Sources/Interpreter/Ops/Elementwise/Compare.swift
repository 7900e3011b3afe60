import Kernels
import Tensors

extension OperatorPreparation {
    /// EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER and GREATER_EQUAL; the inputs broadcast.
    func compare(_ comparison: Comparison) throws -> PreparedOperator {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("its inputs have different types") }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .bool, loop.shape)
        switch a.dtype {
        case .float32, .int8, .int16, .int32, .int64, .uint8, .bool: break
        default: throw unsupported(a.dtype)
        }
        return PreparedOperator(y) { context in
            _ = FastKernels.compare(
                comparison, loop, type: a.dtype, context.bytes(a), context.bytes(b),
                output: context.output(y), threads: context.threads)
        }
    }
}
