extension ReferenceKernels {
    /// Nearest-neighbour resize of elements of any size; coordinates are exact fractions.
    ///
    /// `asymmetric` and `halfPixel` round down, `alignCorners` rounds half up.
    package static func resizeNearest(
        _ parameters: ResizeParameters, elementSize: Int, input: UnsafeRawPointer,
        output: UnsafeMutableRawPointer
    ) {
        let bytes = parameters.channels * elementSize
        let rows = nearest(parameters.coordinates, parameters.inputHeight, parameters.outputHeight)
        let columns = nearest(parameters.coordinates, parameters.inputWidth, parameters.outputWidth)
        var target = output
        for batch in 0..<parameters.batch {
            for row in rows {
                let source = (batch * parameters.inputHeight + row) * parameters.inputWidth
                for column in columns {
                    target.copyMemory(from: input + (source + column) * bytes, byteCount: bytes)
                    target += bytes
                }
            }
        }
    }

    /// Bilinear resize.
    package static func resizeBilinear(
        _ parameters: ResizeParameters, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        let channels = parameters.channels
        let rows = linear(parameters.coordinates, parameters.inputHeight, parameters.outputHeight)
        let columns = linear(parameters.coordinates, parameters.inputWidth, parameters.outputWidth)
        var target = output
        for batch in 0..<parameters.batch {
            for row in rows {
                let first = (batch * parameters.inputHeight + row.lower) * parameters.inputWidth
                let second = (batch * parameters.inputHeight + row.upper) * parameters.inputWidth
                for column in columns {
                    let pixels = (
                        input + (first + column.lower) * channels,
                        input + (first + column.upper) * channels,
                        input + (second + column.lower) * channels,
                        input + (second + column.upper) * channels
                    )
                    let (x, y) = (column.fraction, row.fraction)
                    let weights = ((1 - x) * (1 - y), x * (1 - y), (1 - x) * y, x * y)
                    for channel in 0..<channels {
                        let top =
                            weights.0 * Double(pixels.0[channel])
                            + weights.1 * Double(pixels.1[channel])
                        let bottom =
                            weights.2 * Double(pixels.2[channel])
                            + weights.3 * Double(pixels.3[channel])
                        target[channel] = Float(top + bottom)
                    }
                    target += channels
                }
            }
        }
    }

    private static func nearest(_ coordinates: ResizeCoordinates, _ input: Int, _ output: Int)
        -> [Int]
    {
        (0..<output).map { position in
            let source =
                switch coordinates {
                case .alignCorners where output > 1:
                    (2 * position * (input - 1) + output - 1) / (2 * (output - 1))
                case .asymmetric, .alignCorners: position * input / output
                case .halfPixel: (2 * position + 1) * input / (2 * output)
                }
            return min(source, input - 1)
        }
    }

    /// The two source positions that each output position lies between, and how far along.
    static func linear(_ coordinates: ResizeCoordinates, _ input: Int, _ output: Int)
        -> [(lower: Int, upper: Int, fraction: Double)]
    {
        (0..<output).map { position in
            let source =
                switch coordinates {
                case .alignCorners where output > 1:
                    Double(position * (input - 1)) / Double(output - 1)
                case .asymmetric, .alignCorners: Double(position * input) / Double(output)
                case .halfPixel: (Double(position) + 0.5) * Double(input) / Double(output) - 0.5
                }
            let lower = min(max(Int(source.rounded(.down)), 0), input - 1)
            let fraction = min(max(source - Double(lower), 0), 1)
            return (lower, min(lower + 1, input - 1), fraction)
        }
    }
}
