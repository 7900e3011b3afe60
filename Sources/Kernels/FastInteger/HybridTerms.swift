import CKernels
import Tensors

/// What turns sums of products of integers into floats, apart from the scale of the data.
struct HybridTerms {
    /// One for each channel of the operator.
    let scales: [Float]
    /// Whether the scales are all the same one, which is multiplied with that of the data first.
    let isPerTensor: Bool
    /// The channel of the first sum.
    var first = 0
    /// The bias of the operator.
    let bias: UnsafePointer<Float>?
    /// Whether scales are multiplied with each other before they are with the sums.
    var isFactorFirst = true
    let activation: Clamp

    /// What sums of data of some scale are multiplied with, apart from the scales of the channels.
    func factor(_ data: HybridScale) -> Float {
        isPerTensor ? data.scale * (scales.first ?? 1) : data.scale
    }

    /// Calls `body` with how sums become floats.
    ///
    /// - Parameters:
    ///   - factors: `factor(_:)` of each row of sums, or of all.
    ///   - corrections: `HybridScale.correction` of each row of sums, or of all.
    ///   - rowStep: 1 if rows have their own, 0 if not.
    ///   - columnSums: the sums of the weights of the channels if the corrections are not taken from the sums yet.
    func withExpression(
        _ factors: UnsafePointer<Float>, _ corrections: UnsafePointer<Int32>, rowStep: Int,
        columnSums: [Int32]?, _ body: (UnsafePointer<kc_integer_expression>) -> Void
    ) {
        var expression = kc_integer_expression()
        expression.row_factors = factors
        expression.corrections = corrections
        expression.row_step = rowStep
        expression.factor_first = isFactorFirst ? 1 : 0
        expression.bias = bias.map { $0 + first }
        expression.lower = activation.lower
        expression.upper = activation.upper
        scales.withUnsafeBufferPointer { scales in
            if !isPerTensor { expression.factors = scales.baseAddress.map { $0 + first } }
            guard let columnSums else { return body(&expression) }
            columnSums.withUnsafeBufferPointer { sums in
                expression.column_sums = sums.baseAddress
                body(&expression)
            }
        }
    }

    /// Writes the floats for sums, `[rows, columns]`, of data of one scale, whose correction has been taken from them.
    func express(
        _ sums: UnsafePointer<Int32>, rows: Int, columns: Int, _ data: HybridScale,
        to output: UnsafeMutablePointer<Float>
    ) {
        var (factor, correction) = (factor(data), Int32(0))
        withExpression(&factor, &correction, rowStep: 0, columnSums: nil) { expression in
            kc_integer_express(expression, sums, rows, columns, columns, output)
        }
    }
}
