import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// BATCH_MATMUL of floats with constant integers on the right; shapes as for floats.
    ///
    /// Each row is rounded to 8 bits, around any zero point if the options say so.
    func hybridBatchMatMul() throws -> PreparedOperator {
        guard try input(1).known != nil else { return try batchMatMul() }
        let a = try floatInput(0)
        let parameters = try batchMatMulParameters(a, try input(1))
        let (weights, elements) = try hybridWeights(channels: parameters.columns, axis: 0)
        guard weights.isPerTensor else { throw unsupported("a scale for each channel") }
        let y = try output(0, .float32, parameters.outputShape)
        let isAsymmetric =
            optionalOptions(BatchMatMulOptions.self)?.quantizesInputsAsymmetrically ?? false
        let size = max(parameters.depth * parameters.columns, 1)
        let product = Once {
            HybridBatchMatMul(
                parameters, b: elements.bytePointer, count: weights.operand.count / size,
                scale: weights.scales.first ?? 1, isAsymmetric: isAsymmetric)
        }
        return PreparedOperator(y) { context in
            product.value.run(
                a: context.floats(a), output: context.floatOutput(y), threads: context.threads)
        }
    }
}
