extension ReferenceKernels {
    /// 3-D convolution with groups and dilation; shapes at `Conv3DParameters`, `bias` `[out]`.
    package static func conv3D(
        _ parameters: Conv3DParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
        bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
    ) {
        let count =
            parameters.tapCount * (parameters.inputChannels / parameters.groups)
            * parameters.outputChannels
        withDoubles(count) { widened in
            for index in 0..<count { widened[index] = Double(filter[index]) }
            convolve(parameters, input: input, filter: widened, bias: bias, output: output)
        }
    }

    /// Convolves with a filter `[kd, kh, kw, in / groups, out]`.
    static func convolve(
        _ parameters: Conv3DParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Double>,
        bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
    ) {
        let (depth, height, width) = (parameters.depth, parameters.height, parameters.width)
        let outputs = parameters.outputChannels
        var target = output
        withDoubles(outputs) { sums in
            for batch in 0..<parameters.batch {
                let image = input + batch * parameters.inputPositions * parameters.inputChannels
                for z in 0..<depth.output {
                    for y in 0..<height.output {
                        for x in 0..<width.output {
                            fill(sums, rows: 1, channels: outputs, bias: bias)
                            addWindow(parameters, at: (z, y, x), image, filter, to: sums)
                            store(sums, outputs, parameters.activation, to: target)
                            target += outputs
                        }
                    }
                }
            }
        }
    }

    /// Adds the products of one window to the sums of its output position.
    private static func addWindow(
        _ parameters: Conv3DParameters, at position: (z: Int, y: Int, x: Int),
        _ image: UnsafePointer<Float>, _ filter: UnsafePointer<Double>,
        to sums: UnsafeMutablePointer<Double>
    ) {
        let (depth, height, width) = (parameters.depth, parameters.height, parameters.width)
        for tapZ in depth.taps(at: position.z) {
            let z = depth.inputPosition(output: position.z, tap: tapZ)
            for tapY in height.taps(at: position.y) {
                let y = height.inputPosition(output: position.y, tap: tapY)
                for tapX in width.taps(at: position.x) {
                    let x = width.inputPosition(output: position.x, tap: tapX)
                    let pixel = (z * height.input + y) * width.input + x
                    let tap = (tapZ * height.kernel + tapY) * width.kernel + tapX
                    addPixel(
                        parameters, image + pixel * parameters.inputChannels, filter, tap: tap,
                        to: sums)
                }
            }
        }
    }

    /// Adds the products of one tap with one input pixel.
    private static func addPixel(
        _ parameters: Conv3DParameters, _ pixel: UnsafePointer<Float>,
        _ filter: UnsafePointer<Double>, tap: Int, to sums: UnsafeMutablePointer<Double>
    ) {
        let outputs = parameters.outputChannels
        let groupInputs = parameters.inputChannels / parameters.groups
        let groupOutputs = outputs / parameters.groups
        for group in 0..<parameters.groups {
            for channel in 0..<groupInputs {
                let weights = filter + (tap * groupInputs + channel) * outputs
                addScaled(
                    Double(pixel[group * groupInputs + channel]), weights + group * groupOutputs,
                    to: sums + group * groupOutputs, groupOutputs)
            }
        }
    }
}
