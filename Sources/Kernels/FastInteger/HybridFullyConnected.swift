import CKernels

/// A fully connected layer of floats with integer weights: each record is rounded to 8 bits.
package final class HybridFullyConnected: Sendable {
    private let parameters: FullyConnectedParameters
    private let matrix: PackedIntegerMatrix
    private let offsets: [Int32]
    private let scales: [Float]
    private let isPerTensor: Bool
    private let isAsymmetric: Bool

    /// - Parameters:
    ///   - filter: `[out, in]`, which may have been packed before; the zero point is 0.
    ///   - scales: one for each output.
    ///   - isPerTensor: whether the scales are all the same one.
    ///   - isAsymmetric: whether 0 can be any of the integers of a record.
    package init(
        _ parameters: FullyConnectedParameters, filter: UnsafePointer<Int8>, scales: [Float],
        isPerTensor: Bool, isAsymmetric: Bool, packed: PackedMatrices = PackedMatrices()
    ) {
        self.parameters = parameters
        self.scales = scales
        self.isPerTensor = isPerTensor
        self.isAsymmetric = isAsymmetric
        matrix = packed.fullyConnected(
            filter, inputs: parameters.inputs, outputs: parameters.outputs)
        offsets = matrix.offsets(bias: nil, inputZeroPoint: 0)
    }

    /// Multiplies; data shapes at `FullyConnectedParameters`, `bias` `[out]`.
    package func run(
        input: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let inputs = parameters.inputs
        let terms = HybridTerms(
            scales: scales, isPerTensor: isPerTensor, bias: bias,
            activation: parameters.activation)
        WidenedRows<Float>.forEachBlock(
            rows: parameters.batch, length: inputs, spare: 8, threads: threads
        ) { block in
            let count = block.numbers.count
            let factors = block.spare.assumingMemoryBound(to: Float.self)
            let corrections = (block.spare + 4 * count).assumingMemoryBound(to: Int32.self)
            block.forEach { index, record, target in
                let floats = input + record * inputs
                let scale = HybridScale(of: floats, count: inputs, isAsymmetric: isAsymmetric)
                scale.round(floats, count: inputs, toRow: target)
                factors[index] = terms.factor(scale)
                corrections[index] = scale.correction
                block.results[index] = output + record * parameters.outputs
            }
            terms.withExpression(
                factors, corrections, rowStep: 1, columnSums: matrix.columnSums
            ) { expression in
                IntegerProduct.multiply(
                    block.rows, count: count, taps: [0], matrix, offsets, expression,
                    to: UnsafePointer(block.results))
            }
        }
    }
}
