extension ReferenceKernels {
    /// Depthwise 2-D convolution; shapes at `DepthwiseConv2DParameters`, `bias` `[in·multiplier]`.
    package static func depthwiseConv2D(
        _ parameters: DepthwiseConv2DParameters, input: UnsafePointer<Float>,
        filter: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let outputs = parameters.outputChannels
        var target = output
        withDoubles(outputs) { sums in
            for batch in 0..<parameters.batch {
                let image = input + batch * height.input * width.input * parameters.inputChannels
                for y in 0..<height.output {
                    for x in 0..<width.output {
                        fill(sums, rows: 1, channels: outputs, bias: bias)
                        addDepthwiseWindow(parameters, y, x, image, filter, to: sums)
                        store(sums, outputs, parameters.activation, to: target)
                        target += outputs
                    }
                }
            }
        }
    }

    private static func addDepthwiseWindow(
        _ parameters: DepthwiseConv2DParameters, _ outputY: Int, _ outputX: Int,
        _ image: UnsafePointer<Float>, _ filter: UnsafePointer<Float>,
        to sums: UnsafeMutablePointer<Double>
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let multiplier = parameters.multiplier
        for tapY in height.taps(at: outputY) {
            let y = height.inputPosition(output: outputY, tap: tapY)
            for tapX in width.taps(at: outputX) {
                let x = width.inputPosition(output: outputX, tap: tapX)
                let pixel = image + (y * width.input + x) * parameters.inputChannels
                let weights = filter + (tapY * width.kernel + tapX) * parameters.outputChannels
                for channel in 0..<parameters.inputChannels {
                    for out in channel * multiplier..<(channel + 1) * multiplier {
                        sums[out] += Double(pixel[channel]) * Double(weights[out])
                    }
                }
            }
        }
    }
}
