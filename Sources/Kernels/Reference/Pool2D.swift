extension ReferenceKernels {
    /// Maximum over each window; padding never wins, NaN does.
    package static func maxPool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        pool(parameters, input: input, output: output) { values in
            values.reduce(-.infinity) { $0 > $1 || $0.isNaN ? $0 : $1 }
        }
    }

    /// Mean over the elements of each window that lie inside the input; 0 where there are none.
    package static func averagePool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        pool(parameters, input: input, output: output) { values in
            values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        }
    }

    private static func pool(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, join: ([Double]) -> Double
    ) {
        let (height, width, channels) = (parameters.height, parameters.width, parameters.channels)
        var target = output
        var values: [Double] = []
        for batch in 0..<parameters.batch {
            let image = input + batch * height.input * width.input * channels
            for outputY in 0..<height.output {
                for outputX in 0..<width.output {
                    for channel in 0..<channels {
                        values.removeAll(keepingCapacity: true)
                        for tapY in height.taps(at: outputY) {
                            let y = height.inputPosition(output: outputY, tap: tapY)
                            for tapX in width.taps(at: outputX) {
                                let x = width.inputPosition(output: outputX, tap: tapX)
                                let pixel = y * width.input + x
                                values.append(Double(image[pixel * channels + channel]))
                            }
                        }
                        target[channel] = parameters.activation(join(values))
                    }
                    target += channels
                }
            }
        }
    }
}
