import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// SELECT and SELECT_V2: a if the condition holds, b if not; all three broadcast.
    ///
    /// SELECT also takes a condition with one element for each slice along the first axis.
    func select() throws -> PreparedOperator {
        let condition = try plainInput(0)
        let (a, b) = (try input(1), try input(2))
        guard condition.dtype == .bool, a.dtype == b.dtype else { throw unsupported(a.dtype) }
        var conditionShape = condition.shape
        if code.builtin == .select, conditionShape.rank == 1, a.shape.rank > 1,
            conditionShape[0] == a.shape[0]
        {
            conditionShape = Shape(
                conditionShape.dims + [Int](repeating: 1, count: a.shape.rank - 1))
        }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape, conditionShape]))
        let y = try output(0, a.dtype, loop.shape, quantized: true)
        return PreparedOperator(y) { context in
            FastKernels.select(
                loop, elementSize: a.elementSize, a: context.bytes(a), b: context.bytes(b),
                condition: context.elements(condition), output: context.output(y),
                threads: context.threads)
        }
    }
}
