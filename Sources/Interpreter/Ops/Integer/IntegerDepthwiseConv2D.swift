import Kernels
import Tensors

extension OperatorPreparation {
    /// DEPTHWISE_CONV_2D of integers; shapes as for floats, a scale for each output channel.
    func integerDepthwiseConv2D() throws -> PreparedOperator {
        let x = try quantizedInput(0)
        let parameters = try depthwiseConv2DParameters(x.operand, try input(1))
        let weights = try quantizedWeights(1, channels: parameters.outputChannels, axis: 3)
        let bias = try integerBias(2, count: parameters.outputChannels)
        let y = try quantizedOutput(x.dtype, parameters.outputShape)
        let scaling = scaling(x, weights, bias, to: y, parameters.activation)
        if let filter = weights.constant(for: x), let bias = bias.known {
            let convolution = Once {
                FastIntegerDepthwise(
                    parameters, filter: filter.bytePointer, inputZeroPoint: x.zeroPoint,
                    bias: bias, scaling: scaling)
            }
            return PreparedOperator(y.operand) { context in
                convolution.value.run(
                    input: context.elements(x.operand),
                    filter: context.elements(weights.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        if weights.constant(for: x, of: .int16) != nil, let bias = bias.known,
            parameters.height.kernel * parameters.width.kernel <= WideHalves.depthLimit
        {
            let convolution = Once { WideDepthwise(parameters, bias: bias, scaling: scaling) }
            return PreparedOperator(y.operand) { context in
                convolution.value.run(
                    input: context.elements(x.operand),
                    filter: context.elements(weights.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        func kernel<X: QuantizedElement, W: QuantizedElement>(
            _: X.Type, _: W.Type
        ) -> PreparedOperator {
            PreparedOperator(y.operand) { context in
                IntegerKernels.depthwiseConv2D(
                    parameters, input: x.integers(context, X.self),
                    filter: weights.integers(context, W.self), bias: bias.values(context),
                    scaling: scaling, output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype), try weightType(weights, for: x))
    }
}
