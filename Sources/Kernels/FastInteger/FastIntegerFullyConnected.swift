import CKernels

/// A fully connected layer of 8-bit integers with its weights packed, ready to run on any data.
package final class FastIntegerFullyConnected: Sendable {
    private let parameters: FullyConnectedParameters
    private let matrix: PackedIntegerMatrix
    private let inputZeroPoint: Int32
    /// What sums start with.
    private let offsets: [Int32]
    private let scaling: OutputScaling

    /// - Parameters:
    ///   - filter: `[out, in]`, which may have been packed before; the zero point is 0.
    ///   - inputZeroPoint: the integer of the data that stands for 0.
    ///   - bias: `[out]`.
    package init(
        _ parameters: FullyConnectedParameters, filter: UnsafePointer<Int8>, inputZeroPoint: Int32,
        bias: [Int64], scaling: OutputScaling, packed: PackedMatrices = PackedMatrices()
    ) {
        self.parameters = parameters
        self.inputZeroPoint = inputZeroPoint
        self.scaling = scaling
        matrix = packed.fullyConnected(
            filter, inputs: parameters.inputs, outputs: parameters.outputs)
        offsets = matrix.offsets(bias: bias, inputZeroPoint: inputZeroPoint)
    }

    /// Multiplies; data shapes at `FullyConnectedParameters`.
    package func run(
        input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        IntegerProduct.forEachBlock(
            rows: parameters.batch, length: inputs, matrix, offsets, threads: threads
        ) { row, target in
            kc_integer_widen(inputs, input + row * inputs, inputZeroPoint, target)
        } finish: { rows, sums in
            for (index, row) in rows.enumerated() {
                scaling.write(sums + index * outputs, to: output + row * outputs)
            }
        }
    }
}
