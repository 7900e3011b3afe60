import CKernels

/// A fully connected layer of 16-bit integers with packed weights of 8 bits, ready to run on any data.
package final class WideFullyConnected: Sendable {
    private let parameters: FullyConnectedParameters
    private let matrix: PackedIntegerMatrix
    private let bias: [Int64]
    private let scaling: OutputScaling

    /// - Parameters:
    ///   - filter: `[out, in]`, with at most `WideHalves.depthLimit` inputs, which may have been packed before; the zero point is 0.
    ///   - bias: `[out]`.
    package init(
        _ parameters: FullyConnectedParameters, filter: UnsafePointer<Int8>, bias: [Int64],
        scaling: OutputScaling, packed: PackedMatrices = PackedMatrices()
    ) {
        self.parameters = parameters
        self.bias = bias
        self.scaling = scaling
        matrix = packed.fullyConnected(
            filter, inputs: parameters.inputs, outputs: parameters.outputs)
    }

    /// Multiplies; data shapes at `FullyConnectedParameters`.
    package func run(
        input: UnsafePointer<Int16>, output: UnsafeMutablePointer<Int16>, threads: Int = 1
    ) {
        let (rows, outputs) = (parameters.batch, parameters.outputs)
        let upper = UnsafeMutablePointer<Int32>.allocate(capacity: max(rows * outputs, 1))
        defer { upper.deallocate() }
        WideHalves.with(input, count: rows * parameters.inputs) { halves in
            multiply(halves.high, zeroPoint: 0, threads) { some, sums in
                (upper + some.lowerBound * outputs).update(from: sums, count: some.count * outputs)
            }
            multiply(halves.low, zeroPoint: WideHalves.zeroPoint, threads) { some, sums in
                let first = some.lowerBound * outputs
                for index in 0..<some.count * outputs {
                    let channel = index % outputs
                    let sum = WideHalves.sum(upper[first + index], sums[index])
                    output[first + index] = Int16(
                        truncatingIfNeeded: scaling.element(sum &+ bias[channel], channel: channel))
                }
            }
        }
    }

    private func multiply(
        _ half: UnsafePointer<Int8>, zeroPoint: Int32, _ threads: Int,
        _ finish: (_ rows: Range<Int>, _ sums: UnsafePointer<Int32>) -> Void
    ) {
        let inputs = parameters.inputs
        IntegerProduct.forEachBlock(
            rows: parameters.batch, length: inputs, matrix,
            matrix.offsets(bias: nil, inputZeroPoint: zeroPoint), threads: threads
        ) { row, target in
            kc_integer_widen(inputs, half + row * inputs, zeroPoint, target)
        } finish: {
            finish($0, $1)
        }
    }
}
