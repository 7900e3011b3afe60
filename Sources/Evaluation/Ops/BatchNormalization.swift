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
}
