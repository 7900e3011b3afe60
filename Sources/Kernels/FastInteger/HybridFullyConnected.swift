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
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        let activation = parameters.activation
        withUnsafeTemporaryAllocation(of: HybridScale.self, capacity: parameters.batch) { scaled in
            withUnsafeTemporaryAllocation(
                of: Int8.self, capacity: max(parameters.batch * inputs, 1)
            ) { rounded in
                guard let records = scaled.baseAddress, let integers = rounded.baseAddress else {
                    return
                }
                for record in 0..<parameters.batch {
                    (records + record).initialize(
                        to: HybridScale(
                            rounding: input + record * inputs, count: inputs,
                            isAsymmetric: isAsymmetric, to: integers + record * inputs))
                }
                IntegerProduct.forEachBlock(
                    rows: parameters.batch, length: inputs, matrix, offsets, threads: threads
                ) { row, target in
                    kc_integer_widen(inputs, integers + row * inputs, 0, target)
                } finish: { rows, sums in
                    let terms = HybridTerms(
                        scales: scales, isPerTensor: isPerTensor, first: 0,
                        columnSums: matrix.columnSums, bias: bias, isFactorFirst: true,
                        activation: activation)
                    for (index, row) in rows.enumerated() {
                        terms.express(
                            sums + index * outputs, rows: 1, columns: outputs, records[row],
                            to: output + row * outputs, step: outputs)
                    }
                }
            }
        }
    }
}
