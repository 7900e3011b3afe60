import Kernels

extension OperatorPreparation {
    /// TRANSPOSE_CONV of floats with integer weights; shapes as for floats.
    ///
    /// Each image is rounded to 8 bits, around any zero point.
    func hybridTransposeConv2D() throws -> PreparedOperator {
        let x = try floatInput(2)
        let (parameters, shape) = try transposeConv2DParameters(x, try input(1))
        let (weights, filter) = try hybridWeights(channels: parameters.outputChannels, axis: 0)
        let bias = try bias(3, count: parameters.outputChannels)
        let y = try output(0, .float32, shape)
        let convolution = Once {
            HybridTransposedConvolution(
                parameters, filter: filter.bytePointer, scales: weights.scales)
        }
        return PreparedOperator(y) { context in
            convolution.value.run(
                input: context.floats(x), bias: context.floats(bias),
                output: context.floatOutput(y), threads: context.threads)
        }
    }
}
