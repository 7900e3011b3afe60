import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// FULLY_CONNECTED of floats with integer weights; shapes as for floats.
    ///
    /// Each record is rounded to 8 bits, around any zero point if the options say so.
    func hybridFullyConnected() throws -> PreparedOperator {
        let x = try floatInput(0)
        let (parameters, shape) = try fullyConnectedParameters(x, try input(1))
        let (weights, filter) = try hybridWeights(channels: parameters.outputs, axis: 0)
        let bias = try bias(2, count: parameters.outputs)
        let y = try output(0, .float32, shape)
        let isAsymmetric =
            optionalOptions(FullyConnectedOptions.self)?.quantizesInputsAsymmetrically ?? false
        let layer = Once {
            HybridFullyConnected(
                parameters, filter: filter.bytePointer, scales: weights.scales,
                isPerTensor: weights.isPerTensor, isAsymmetric: isAsymmetric,
                packed: filter.packed ?? PackedMatrices())
        }
        return PreparedOperator(y) { context in
            layer.value.run(
                input: context.floats(x), bias: context.floats(bias),
                output: context.floatOutput(y), threads: context.threads)
        }
    }
}
