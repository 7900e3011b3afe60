import Foundations
import Kernels
import Tensors

extension OperatorPreparation {
    /// MEAN of integers.
    func integerMean() throws -> PreparedOperator {
        let x = try quantizedInput(0)
        let (loop, shape) = try reduction(of: x.operand)
        let y = try quantizedOutput(x.dtype, shape)
        let factor = Double(x.scale) / Double(y.scale)
        let scaling = OutputScaling([factor], zeroPoint: y.zeroPoint, limits: y.range)
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.mean(
                    loop, factor: factor, scaling: scaling, input: x.integers(context, X.self),
                    output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype))
    }

    /// SUM of integers.
    func integerReduceSum() throws -> PreparedOperator {
        let x = try quantizedInput(0)
        let (loop, shape) = try reduction(of: x.operand)
        let y = try quantizedOutput(x.dtype, shape)
        let scaling = OutputScaling(
            [Double(x.scale / y.scale)], zeroPoint: y.zeroPoint, limits: y.range)
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.sum(
                    loop, scaling: scaling, input: x.integers(context, X.self),
                    output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype))
    }

    /// REDUCE_PROD of integers.
    func integerReduceProduct() throws -> PreparedOperator {
        let x = try quantizedInput(0)
        guard x.dtype != .uint8 else { throw unsupported(x.dtype) }
        let (loop, shape) = try reduction(of: x.operand)
        let y = try quantizedOutput(x.dtype, shape)
        let factor = Double(x.scale) / pow(Double(y.scale), 1 / Double(loop.reducedCount))
        let scaling = OutputScaling([factor], zeroPoint: y.zeroPoint, limits: y.range)
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.product(
                    loop, scaling: scaling, input: x.integers(context, X.self),
                    output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype))
    }
}
