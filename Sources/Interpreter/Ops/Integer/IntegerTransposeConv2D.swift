import Kernels
import Tensors

extension OperatorPreparation {
    /// TRANSPOSE_CONV of integers; shapes as for floats, a scale for each output channel.
    func integerTransposeConv2D() throws -> PreparedOperator {
        let x = try quantizedInput(2)
        let (parameters, shape) = try transposeConv2DParameters(x.operand, try input(1))
        let weights = try quantizedWeights(1, channels: parameters.outputChannels, axis: 0)
        let bias = try integerBias(3, count: parameters.outputChannels)
        let y = try quantizedOutput(x.dtype, shape)
        _ = try budget.byteCount(.int64, Shape(shape.dims.suffix(3)), "sums of TRANSPOSE_CONV")
        let scaling = scaling(x, weights, bias, to: y, parameters.activation)
        if let filter = weights.constant(for: x), let bias = bias.known {
            let convolution = Once {
                FastIntegerTransposedConvolution(
                    parameters, filter: filter.bytePointer, inputZeroPoint: x.zeroPoint,
                    bias: bias, scaling: scaling)
            }
            return PreparedOperator(y.operand) { context in
                convolution.value.run(
                    input: context.elements(x.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        func kernel<X: QuantizedElement, W: QuantizedElement>(
            _: X.Type, _: W.Type
        ) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.transposeConv2D(
                    parameters, input: x.integers(context, X.self),
                    filter: weights.integers(context, W.self), bias: bias.values(context),
                    scaling: scaling, output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype), try weightType(weights, for: x))
    }
}
