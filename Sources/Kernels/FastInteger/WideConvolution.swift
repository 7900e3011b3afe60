/// A 2-D convolution of 16-bit integers with packed weights of 8 bits, ready to run on any data.
package final class WideConvolution: Sendable {
    private let parameters: Conv2DParameters
    private let sums: ConvolutionSums
    private let bias: [Int64]
    private let scaling: OutputScaling

    /// - Parameters:
    ///   - filter: `[out, kh, kw, in / groups]`, a slice of which has at most `WideHalves.depthLimit` weights, which may have
    ///     been packed before; the zero point is 0.
    ///   - bias: `[out]`.
    package init(
        _ parameters: Conv2DParameters, filter: UnsafePointer<Int8>, bias: [Int64],
        scaling: OutputScaling, packed: PackedMatrices = PackedMatrices()
    ) {
        self.parameters = parameters
        self.bias = bias
        self.scaling = scaling
        sums = ConvolutionSums(
            parameters: parameters,
            matrices: FastIntegerConvolution.matrices(parameters, filter: filter, packed: packed))
    }

    /// Convolves; data shapes at `Conv2DParameters`.
    package func run(
        input: UnsafePointer<Int16>, output: UnsafeMutablePointer<Int16>, threads: Int = 1
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let length = height.input * width.input * parameters.inputChannels
        let (pixels, outputs) = (height.output * width.output, parameters.outputChannels)
        let columns = outputs / parameters.groups
        let upper = UnsafeMutablePointer<Int32>.allocate(capacity: max(pixels * outputs, 1))
        defer { upper.deallocate() }
        for record in 0..<parameters.batch {
            WideHalves.with(input + record * length, count: length) { halves in
                sums.forEachBlock(of: halves.high, zeroPoint: 0, threads: threads) {
                    group, lines, sums in
                    let first = (group * pixels + lines.lowerBound * width.output) * columns
                    (upper + first).update(from: sums, count: lines.count * width.output * columns)
                }
                let target = output + record * pixels * outputs
                sums.forEachBlock(
                    of: halves.low, zeroPoint: WideHalves.zeroPoint, threads: threads
                ) { group, lines, sums in
                    for pixel in 0..<lines.count * width.output {
                        let place = lines.lowerBound * width.output + pixel
                        let high = upper + (group * pixels + place) * columns
                        for column in 0..<columns {
                            let channel = group * columns + column
                            let sum = WideHalves.sum(high[column], sums[pixel * columns + column])
                            target[place * outputs + channel] = Int16(
                                truncatingIfNeeded: scaling.element(
                                    sum &+ bias[channel], channel: channel))
                        }
                    }
                }
            }
        }
    }
}
