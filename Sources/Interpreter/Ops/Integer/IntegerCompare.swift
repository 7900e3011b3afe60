import Kernels
import Tensors

extension OperatorPreparation {
    /// EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER and GREATER_EQUAL of integers; the inputs broadcast.
    func integerCompare(_ comparison: Comparison) throws -> PreparedOperator {
        let (a, b) = (try quantizedInput(0), try quantizedInput(1))
        guard a.dtype == b.dtype else { throw malformed("inputs of different types") }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .bool, loop.shape)
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                IntegerKernels.compare(
                    comparison, loop, a.integers(context, X.self), b.integers(context),
                    scales: (a.scale, b.scale), output: context.output(y))
            }
        }
        return kernel(try elementType(a.dtype))
    }
}
