import CKernels
import Tensors

/// What turns sums of products of integers into floats, apart from the scale of the data.
struct HybridTerms {
    /// One for each channel of the operator.
    let scales: [Float]
    /// Whether the scales are all the same one, which is multiplied with that of the data first.
    let isPerTensor: Bool
    /// The channel of the first sum.
    let first: Int
    /// The sums of the weights of the channels if the zero point of the data is not taken from the sums yet.
    let columnSums: [Int32]?
    /// The bias of the operator.
    let bias: UnsafePointer<Float>?
    /// Whether scales are multiplied with each other before they are with the sums.
    let isFactorFirst: Bool
    let activation: Clamp

    /// Writes the floats for sums, `[rows, columns]`.
    ///
    /// - Parameter step: the distance of rows in the output.
    func express(
        _ sums: UnsafePointer<Int32>, rows: Int, columns: Int, _ data: HybridScale,
        to output: UnsafeMutablePointer<Float>, step: Int
    ) {
        scales.withUnsafeBufferPointer { scales in
            var job = kc_integer_express_job()
            job.sums = sums
            job.rows = rows
            job.columns = columns
            job.output_step = step
            job.factor = data.scale
            if isPerTensor {
                job.factor *= scales.first ?? 1
            } else {
                job.factors = scales.baseAddress.map { $0 + first }
            }
            job.factor_first = isFactorFirst ? 1 : 0
            job.bias = bias.map { $0 + first }
            job.lower = activation.lower
            job.upper = activation.upper
            if let columnSums, data.zeroPoint != 0 {
                columnSums.withUnsafeBufferPointer { sums in
                    job.zero_point = data.zeroPoint
                    job.column_sums = sums.baseAddress
                    kc_integer_express(&job, output)
                }
            } else {
                kc_integer_express(&job, output)
            }
        }
    }
}
