import Kernels

extension OperatorPreparation {
    /// DEPTHWISE_CONV_2D of floats with integer weights; shapes as for floats.
    ///
    /// Each image is rounded to 8 bits around any zero point.
    func hybridDepthwiseConv2D() throws -> PreparedOperator {
        let x = try floatInput(0)
        let parameters = try depthwiseConv2DParameters(x, try input(1))
        let (weights, _) = try hybridWeights(channels: parameters.outputChannels, axis: 3)
        let bias = try bias(2, count: parameters.outputChannels)
        let y = try output(0, .float32, parameters.outputShape)
        let convolution = Once { HybridDepthwise(parameters, scales: weights.scales) }
        return PreparedOperator(y) { context in
            convolution.value.run(
                input: context.floats(x), filter: context.elements(weights.operand),
                bias: context.floats(bias), output: context.floatOutput(y),
                threads: context.threads)
        }
    }
}
