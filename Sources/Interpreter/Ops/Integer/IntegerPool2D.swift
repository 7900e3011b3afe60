import Kernels
import Tensors

extension OperatorPreparation {
    /// MAX_POOL_2D and AVERAGE_POOL_2D of integers, which are not rescaled.
    func integerPool2D(_ kind: PoolKind) throws -> PreparedOperator {
        let x = try quantizedInput(0)
        let parameters = try pool2DParameters(x.operand)
        let y = try quantizedOutput(x.dtype, parameters.outputShape)
        let limits = y.limits(parameters.activation)
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                let source = context.elements(x.operand, X.self)
                switch kind {
                case .maximum:
                    IntegerKernels.maxPool2D(
                        parameters, limits: limits, input: source,
                        output: context.output(y.operand))
                case .average, .l2:
                    IntegerKernels.averagePool2D(
                        parameters, limits: limits, input: source,
                        output: context.output(y.operand))
                }
            }
        }
        return kernel(try elementType(x.dtype))
    }
}
