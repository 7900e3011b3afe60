extension ReferenceKernels {
    /// 3-D transposed convolution; shapes at `Conv3DParameters`, `bias` `[out]`.
    ///
    /// Input pixel `i` adds its products to output positions `i·stride + k·dilation − padBefore`.
    package static func conv3DTranspose(
        _ parameters: Conv3DParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
        bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
    ) {
        let weights = parameters.inputChannels * parameters.outputChannels
        scatter(
            parameters, input: input, bias: bias, output: output,
            weights: { tap, out in filter + tap * weights + out * parameters.inputChannels })
    }

    /// Scatters every input pixel through the window; `weights` gives the `[in]` row of (tap, out).
    static func scatter(
        _ parameters: Conv3DParameters, input: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>,
        weights: (_ tap: Int, _ out: Int) -> UnsafePointer<Float>
    ) {
        let (depth, height, width) = (parameters.depth, parameters.height, parameters.width)
        let image = parameters.inputPositions * parameters.outputChannels
        var pixel = input
        withDoubles(image) { sums in
            for batch in 0..<parameters.batch {
                fill(
                    sums, rows: parameters.inputPositions, channels: parameters.outputChannels,
                    bias: bias)
                for z in 0..<depth.output {
                    for y in 0..<height.output {
                        for x in 0..<width.output {
                            scatterPixel(parameters, at: (z, y, x), pixel, weights, to: sums)
                            pixel += parameters.inputChannels
                        }
                    }
                }
                store(sums, image, parameters.activation, to: output + batch * image)
            }
        }
    }

    /// Adds the products of one input pixel to every output position it reaches.
    private static func scatterPixel(
        _ parameters: Conv3DParameters, at position: (z: Int, y: Int, x: Int),
        _ pixel: UnsafePointer<Float>, _ weights: (Int, Int) -> UnsafePointer<Float>,
        to sums: UnsafeMutablePointer<Double>
    ) {
        let (depth, height, width) = (parameters.depth, parameters.height, parameters.width)
        for tapZ in depth.taps(at: position.z) {
            let z = depth.inputPosition(output: position.z, tap: tapZ)
            for tapY in height.taps(at: position.y) {
                let y = height.inputPosition(output: position.y, tap: tapY)
                for tapX in width.taps(at: position.x) {
                    let x = width.inputPosition(output: position.x, tap: tapX)
                    let target = (z * height.input + y) * width.input + x
                    let tap = (tapZ * height.kernel + tapY) * width.kernel + tapX
                    for out in 0..<parameters.outputChannels {
                        sums[target * parameters.outputChannels + out] += dot(
                            pixel, weights(tap, out), parameters.inputChannels)
                    }
                }
            }
        }
    }
}
