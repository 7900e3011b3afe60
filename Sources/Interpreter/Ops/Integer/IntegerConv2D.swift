import Kernels
import Tensors

extension OperatorPreparation {
    /// CONV_2D of integers; shapes as for floats, a scale for each output channel.
    func integerConv2D() throws -> PreparedOperator {
        let x = try quantizedInput(0)
        let parameters = try conv2DParameters(x.operand, try input(1))
        let weights = try quantizedWeights(1, channels: parameters.outputChannels, axis: 0)
        let bias = try integerBias(2, count: parameters.outputChannels)
        let y = try quantizedOutput(x.dtype, parameters.outputShape)
        let scaling = scaling(x, weights, bias, to: y, parameters.activation)
        if let convolution = fastConvolution(x, parameters, weights, bias, scaling) {
            return PreparedOperator(y.operand) { context in
                convolution.value.run(
                    input: context.elements(x.operand), output: context.output(y.operand),
                    threads: context.threads)
            }
        }
        let depth = weights.operand.count / max(parameters.outputChannels, 1)
        if let filter = weights.constant(for: x, of: .int16), let bias = bias.known,
            depth <= WideHalves.depthLimit
        {
            let convolution = Once {
                WideConvolution(
                    parameters, filter: filter.bytePointer, bias: bias, scaling: scaling,
                    packed: filter.packed ?? PackedMatrices())
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
                IntegerKernels.conv2D(
                    parameters, input: x.integers(context, X.self),
                    filter: weights.integers(context, W.self), bias: bias.values(context),
                    scaling: scaling, output: context.output(y.operand))
            }
        }
        return kernel(try elementType(x.dtype), try weightType(weights, for: x))
    }

    /// The fast form of a convolution of 8-bit integers with constant weights; nil for any other.
    private func fastConvolution(
        _ x: QuantizedOperand, _ parameters: Conv2DParameters, _ weights: QuantizedWeights,
        _ bias: IntegerBias, _ scaling: OutputScaling
    ) -> Once<FastIntegerConvolution>? {
        guard let filter = weights.constant(for: x), let bias = bias.known else { return nil }
        return Once {
            FastIntegerConvolution(
                parameters, filter: filter.bytePointer, inputZeroPoint: x.zeroPoint, bias: bias,
                scaling: scaling, packed: filter.packed ?? PackedMatrices())
        }
    }
}
