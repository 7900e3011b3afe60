import Kernels

extension OperatorPreparation {
    /// CONV_2D of floats with integer weights; shapes as for floats.
    ///
    /// Each image is rounded to 8 bits, around any zero point if the channels have scales of their own.
    func hybridConv2D() throws -> PreparedOperator {
        let x = try floatInput(0)
        let parameters = try conv2DParameters(x, try input(1))
        let (weights, filter) = try hybridWeights(channels: parameters.outputChannels, axis: 0)
        let bias = try bias(2, count: parameters.outputChannels)
        let y = try output(0, .float32, parameters.outputShape)
        let isPerTensor = weights.scales.allSatisfy { $0 == weights.scales[0] }
        let convolution = Once {
            HybridConvolution(
                parameters, filter: filter.bytePointer, scales: weights.scales,
                isPerTensor: isPerTensor, packed: filter.packed ?? PackedMatrices())
        }
        return PreparedOperator(y) { context in
            convolution.value.run(
                input: context.floats(x), bias: context.floats(bias),
                output: context.floatOutput(y), threads: context.threads)
        }
    }
}
