import GraphIR
import Kernels

extension BatchNormalization {
    func compute(_ run: NodeRun) throws {
        let (outer, count, inner) = try run.extents(run.shape(0), around: axis)
        let (scale, offset) = (try run.floats(1), try run.floats(2))
        let (mean, variance) = (try run.floats(3), try run.floats(4))
        let factors = (0..<count).map { channel in
            Double(scale[channel]) / (Double(variance[channel]) + epsilon).squareRoot()
        }
        var (input, output) = (try run.floats(0), try run.floatOutput())
        if run.isFast, inner == 1 {
            return normalizeRows(
                outer, mean: (0..<count).map { mean[$0] }, factors: factors.map { Float($0) },
                offset: (0..<count).map { offset[$0] }, input, output)
        }
        for _ in 0..<outer {
            for channel in 0..<count {
                let factor = factors[channel]
                let center = Double(mean[channel])
                let shift = Double(offset[channel])
                for index in 0..<inner {
                    output[index] = Float((Double(input[index]) - center) * factor + shift)
                }
                input += inner
                output += inner
            }
        }
    }

    /// Rows of channels, in single precision.
    private func normalizeRows(
        _ rows: Int, mean: [Float], factors: [Float], offset: [Float],
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>
    ) {
        let count = mean.count
        mean.withUnsafeBufferPointer { mean in
            factors.withUnsafeBufferPointer { factors in
                offset.withUnsafeBufferPointer { offset in
                    for row in 0..<rows {
                        let (x, y) = (input + row * count, output + row * count)
                        for channel in 0..<count {
                            y[channel] =
                                (x[channel] - mean[channel]) * factors[channel] + offset[channel]
                        }
                    }
                }
            }
        }
    }
}
