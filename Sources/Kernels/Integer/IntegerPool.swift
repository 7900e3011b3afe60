extension IntegerKernels {
    /// The mean of the elements of each window that lie inside the input, rounded half away from 0.
    ///
    /// Input and output stand for numbers in the same way.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package static func averagePool2D<X: QuantizedElement>(
        _ parameters: Pool2DParameters, limits: ClosedRange<Int32>, input: UnsafePointer<X>,
        output: UnsafeMutablePointer<X>
    ) {
        pool(parameters, limits, input, output, start: 0, join: &+) { sum, count in
            let divisor = Int32(max(count, 1))
            return (sum > 0 ? sum &+ divisor / 2 : sum &- divisor / 2) / divisor
        }
    }

    /// The maximum of the elements of each window that lie inside the input.
    @_specialize(where X == Int8)
    @_specialize(where X == UInt8)
    @_specialize(where X == Int16)
    package static func maxPool2D<X: QuantizedElement>(
        _ parameters: Pool2DParameters, limits: ClosedRange<Int32>, input: UnsafePointer<X>,
        output: UnsafeMutablePointer<X>
    ) {
        pool(
            parameters, limits, input, output, start: Int32(X.min), join: { max($0, $1) },
            finish: { greatest, _ in greatest })
    }

    @inline(__always)
    private static func pool<X: QuantizedElement>(
        _ parameters: Pool2DParameters, _ limits: ClosedRange<Int32>, _ input: UnsafePointer<X>,
        _ output: UnsafeMutablePointer<X>, start: Int32, join: (Int32, Int32) -> Int32,
        finish: (_ joined: Int32, _ count: Int) -> Int32
    ) {
        let (height, width, channels) = (parameters.height, parameters.width, parameters.channels)
        var joined = [Int32](repeating: start, count: channels)
        var target = output
        for record in 0..<parameters.batch {
            let image = input + record * height.input * width.input * channels
            for y in 0..<height.output {
                for x in 0..<width.output {
                    for channel in 0..<channels { joined[channel] = start }
                    let (rows, columns) = (height.taps(at: y), width.taps(at: x))
                    for tapY in rows {
                        let row = height.inputPosition(output: y, tap: tapY) * width.input
                        for tapX in columns {
                            let column = width.inputPosition(output: x, tap: tapX)
                            let pixel = image + (row + column) * channels
                            for channel in 0..<channels {
                                joined[channel] = join(joined[channel], Int32(pixel[channel]))
                            }
                        }
                    }
                    for channel in 0..<channels {
                        let value = finish(joined[channel], rows.count * columns.count)
                        target[channel] = X(
                            truncatingIfNeeded: min(
                                max(value, limits.lowerBound), limits.upperBound))
                    }
                    target += channels
                }
            }
        }
    }
}
