import Tensors

/// A 2-D transposed convolution of 8-bit integers with its weights packed, ready to run on any data.
package final class FastIntegerTransposedConvolution: Sendable {
    private let parameters: Conv2DParameters
    private let sums: TransposedSums
    private let inputZeroPoint: Int32
    private let bias: [Int32]
    private let scaling: OutputScaling

    /// - Parameters:
    ///   - filter: `[out, kh, kw, in]`; the zero point is 0.
    ///   - inputZeroPoint: the integer of the data that stands for 0.
    ///   - bias: `[out]`.
    package init(
        _ parameters: Conv2DParameters, filter: UnsafePointer<Int8>, inputZeroPoint: Int32,
        bias: [Int64], scaling: OutputScaling
    ) {
        self.parameters = parameters
        self.inputZeroPoint = inputZeroPoint
        self.bias = bias.map { Int32(truncatingIfNeeded: $0) }
        self.scaling = scaling
        sums = TransposedSums(parameters, filter: filter)
    }

    /// Convolves; data shapes at `Conv2DParameters`.
    package func run(
        input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        let (outputs, pixels) = (parameters.outputChannels, sums.pixels)
        let length =
            parameters.height.output * parameters.width.output * parameters.inputChannels
        let values = UnsafeMutablePointer<Int32>.allocate(capacity: max(pixels * outputs, 1))
        defer { values.deallocate() }
        for record in 0..<parameters.batch {
            for pixel in 0..<pixels {
                for out in 0..<outputs { values[pixel * outputs + out] = bias[out] }
            }
            sums.add(
                input + record * length, zeroPoint: inputZeroPoint, to: values, threads: threads)
            let target = output + record * pixels * outputs
            Parallel.forEachPart(of: pixels, threads: threads) { part in
                for pixel in part {
                    for out in 0..<outputs {
                        let index = pixel * outputs + out
                        target[index] = Int8(
                            truncatingIfNeeded: scaling.element(Int64(values[index]), channel: out))
                    }
                }
            }
        }
    }
}
