extension ReferenceKernels {
    /// Maximum over each window; padding never wins, NaN does.
    package static func maxPool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        pool(
            parameters, input: input, output: output, start: -.infinity,
            join: { $1 > $0 || $1.isNaN ? $1 : $0 }, finish: { value, _ in value })
    }

    /// Mean over the elements of each window that lie inside the input; 0 if there are none.
    package static func averagePool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        pool(
            parameters, input: input, output: output, start: 0, join: +,
            finish: { sum, count in sum / Double(max(count, 1)) })
    }

    /// Square root of the mean square over the elements of each window that lie inside the input; 0 if there are none.
    package static func l2Pool2D(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        pool(
            parameters, input: input, output: output, start: 0, join: { $0 + $1 * $1 },
            finish: { sum, count in (sum / Double(max(count, 1))).squareRoot() })
    }

    private static func pool(
        _ parameters: Pool2DParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, start: Double, join: (Double, Double) -> Double,
        finish: (_ joined: Double, _ count: Int) -> Double
    ) {
        let (height, width, channels) = (parameters.height, parameters.width, parameters.channels)
        var target = output
        withDoubles(channels) { joined in
            for batch in 0..<parameters.batch {
                let image = input + batch * height.input * width.input * channels
                for outputY in 0..<height.output {
                    for outputX in 0..<width.output {
                        joined.update(repeating: start, count: channels)
                        let (rows, columns) = (height.taps(at: outputY), width.taps(at: outputX))
                        for tapY in rows {
                            let y = height.inputPosition(output: outputY, tap: tapY)
                            for tapX in columns {
                                let x = width.inputPosition(output: outputX, tap: tapX)
                                let pixel = image + (y * width.input + x) * channels
                                for channel in 0..<channels {
                                    joined[channel] = join(joined[channel], Double(pixel[channel]))
                                }
                            }
                        }
                        for channel in 0..<channels {
                            let value = finish(joined[channel], rows.count * columns.count)
                            target[channel] = parameters.activation(value)
                        }
                        target += channels
                    }
                }
            }
        }
    }
}
