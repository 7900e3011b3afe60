import Foundations
import Kernels
import Tensors

/// Random data for a convolution and its results by each set of kernels and by plain summation.
struct ConvolutionSamples {
    let parameters: Conv3DParameters
    let input: [Float]
    /// `[out, kd, kh, kw, in / groups]`.
    let filter: [Float]
    let bias: [Float]

    init(_ parameters: Conv3DParameters, transposed: Bool = false) {
        self.parameters = parameters
        let (depth, height, width) = (parameters.depth, parameters.height, parameters.width)
        let positions =
            transposed
            ? depth.output * height.output * width.output
            : depth.input * height.input * width.input
        let taps = depth.kernel * height.kernel * width.kernel
        var samples = SplitMix64(seed: UInt64(positions * 31 + taps))
        input = samples.floats(parameters.batch * positions * parameters.inputChannels)
        filter = samples.floats(
            parameters.outputChannels * taps * parameters.inputChannels / parameters.groups)
        bias = samples.floats(parameters.outputChannels)
    }

    var flat: Conv2DParameters {
        Conv2DParameters(
            batch: parameters.batch, height: parameters.height, width: parameters.width,
            inputChannels: parameters.inputChannels, outputChannels: parameters.outputChannels,
            groups: parameters.groups, activation: parameters.activation)
    }

    var outputCount: Int {
        parameters.batch * parameters.outputChannels
            * [parameters.depth, parameters.height, parameters.width].reduce(1) { $0 * $1.output }
    }

    var transposedOutputCount: Int {
        parameters.batch * parameters.outputChannels
            * [parameters.depth, parameters.height, parameters.width].reduce(1) { $0 * $1.input }
    }

    /// `[kd, kh, kw, …]` orders of the filter; `swapped` puts `out` before `in`.
    func depthFirstFilter(swapped: Bool) -> [Float] {
        let inputs = parameters.inputChannels / parameters.groups
        let outputs = parameters.outputChannels
        let taps = filter.count / (inputs * outputs)
        var result = [Float](repeating: 0, count: filter.count)
        for out in 0..<outputs {
            for tap in 0..<taps {
                for channel in 0..<inputs {
                    let target =
                        swapped
                        ? (tap * outputs + out) * inputs + channel
                        : (tap * inputs + channel) * outputs + out
                    result[target] = filter[(out * taps + tap) * inputs + channel]
                }
            }
        }
        return result
    }

    /// Every multiplication of the convolution (or of its transpose), pixel by pixel from the
    /// definition: data position `o·stride + k·dilation − padBefore` pairs with grid position `o`.
    func summed(transposed: Bool) -> [Float] {
        let p = parameters
        let (inputs, outputs) = (p.inputChannels / p.groups, p.outputChannels)
        let taps = p.depth.kernel * p.height.kernel * p.width.kernel
        let count = transposed ? transposedOutputCount : outputCount
        var sums = (0..<count).map { Double(bias[$0 % outputs]) }
        for batch in 0..<p.batch {
            forEachPair { grid, data, tap in
                let target = transposed ? data : grid
                let source = transposed ? grid : data
                let targets = count / outputs / p.batch
                let sources = input.count / p.inputChannels / p.batch
                for out in 0..<outputs {
                    let group = out / (outputs / p.groups)
                    for channel in 0..<inputs {
                        let x = input[
                            (batch * sources + source) * p.inputChannels + group * inputs + channel]
                        let w = filter[(out * taps + tap) * inputs + channel]
                        sums[(batch * targets + target) * outputs + out] += Double(x) * Double(w)
                    }
                }
            }
        }
        return sums.map {
            Float(min(max($0, Double(p.activation.lower)), Double(p.activation.upper)))
        }
    }

    /// Calls `body` with (grid position, data position, tap) for each pair inside the data.
    private func forEachPair(_ body: (Int, Int, Int) -> Void) {
        func pairs(_ axis: WindowAxis) -> [(grid: Int, data: Int, tap: Int)] {
            (0..<axis.output).flatMap { grid in
                (0..<axis.kernel).compactMap { tap in
                    let data = grid * axis.stride + tap * axis.dilation - axis.padBefore
                    return data >= 0 && data < axis.input ? (grid, data, tap) : nil
                }
            }
        }
        let (height, width) = (parameters.height, parameters.width)
        for z in pairs(parameters.depth) {
            for y in pairs(height) {
                for x in pairs(width) {
                    body(
                        (z.grid * height.output + y.grid) * width.output + x.grid,
                        (z.data * height.input + y.data) * width.input + x.data,
                        (z.tap * height.kernel + y.tap) * width.kernel + x.tap)
                }
            }
        }
    }
}
