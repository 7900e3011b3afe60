import Kernels
import Tensors

extension OperatorPreparation {
    /// PRELU of integers; α broadcasts to x.
    func integerPReLU() throws -> PreparedOperator {
        let (x, alpha) = (try quantizedInput(0), try quantizedInput(1))
        guard x.dtype == alpha.dtype else { throw malformed("inputs of different types") }
        let loop = try fitting(BroadcastLoop([x.shape, alpha.shape]))
        guard loop.shape == x.shape else {
            throw malformed("α of shape \(alpha.shape) does not fit \(x.shape)")
        }
        let y = try quantizedOutput(x.dtype, x.shape)
        let function = IntegerPReLU(
            input: x.scale, slope: alpha.scale, output: y.scale,
            scaling: OutputScaling([], zeroPoint: y.zeroPoint, limits: y.range))
        func kernel<X: QuantizedElement>(_: X.Type) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                function.apply(
                    loop, input: x.integers(context, X.self), slopes: alpha.integers(context),
                    output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype))
    }
}
