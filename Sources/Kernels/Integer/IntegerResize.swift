extension IntegerKernels {
    /// Bilinear resize with coordinates in steps of 1/1024.
    ///
    /// Input and output stand for numbers in the same way.
    @_specialize(where X == Int8)
    @_specialize(where X == Int16)
    package static func resizeBilinear<X: QuantizedElement>(
        _ parameters: ResizeParameters, input: UnsafePointer<X>, output: UnsafeMutablePointer<X>
    ) {
        let channels = parameters.channels
        let rows = FixedPointAxis(
            parameters.coordinates, parameters.inputHeight, parameters.outputHeight)
        let columns = FixedPointAxis(
            parameters.coordinates, parameters.inputWidth, parameters.outputWidth)
        var target = output
        for record in 0..<parameters.batch {
            let image = record * parameters.inputHeight
            for y in 0..<parameters.outputHeight {
                let row = rows[y]
                let upper = input + (image + row.first) * parameters.inputWidth * channels
                let lower = input + (image + row.last) * parameters.inputWidth * channels
                for x in 0..<parameters.outputWidth {
                    let column = columns[x]
                    let (left, right) = (column.first * channels, column.last * channels)
                    for channel in 0..<channels {
                        let top =
                            Int64(upper[left + channel]) * (1024 - column.fraction)
                            + Int64(upper[right + channel]) * column.fraction
                        let bottom =
                            Int64(lower[left + channel]) * (1024 - column.fraction)
                            + Int64(lower[right + channel]) * column.fraction
                        let sum = top * (1024 - row.fraction) + bottom * row.fraction
                        target[channel] = X(
                            truncatingIfNeeded: (sum + (sum > 0 ? 1 << 19 : -(1 << 19))) / 1 << 20)
                    }
                    target += channels
                }
            }
        }
    }
}

extension IntegerKernels {
    /// Bilinear resize of unsigned elements, whose coordinates and sums have single precision.
    package static func resizeBilinear(
        _ parameters: ResizeParameters, input: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>
    ) {
        let channels = parameters.channels
        let rows = RealAxis(
            parameters.coordinates, parameters.inputHeight, parameters.outputHeight)
        let columns = RealAxis(
            parameters.coordinates, parameters.inputWidth, parameters.outputWidth)
        var target = output
        for record in 0..<parameters.batch {
            let image = record * parameters.inputHeight
            for y in 0..<parameters.outputHeight {
                let row = rows[y]
                let upper = input + (image + row.first) * parameters.inputWidth * channels
                let lower = input + (image + row.last) * parameters.inputWidth * channels
                for x in 0..<parameters.outputWidth {
                    let column = columns[x]
                    let (left, right) = (column.first * channels, column.last * channels)
                    for channel in 0..<channels {
                        let upperLeft =
                            Float(upper[left + channel]) * (1 - row.fraction)
                            * (1 - column.fraction)
                        let lowerLeft =
                            Float(lower[left + channel]) * row.fraction * (1 - column.fraction)
                        let upperRight =
                            Float(upper[right + channel]) * (1 - row.fraction) * column.fraction
                        let lowerRight =
                            Float(lower[right + channel]) * row.fraction * column.fraction
                        let sum = upperLeft + lowerLeft + upperRight + lowerRight + 0.5
                        target[channel] = UInt8(min(max(sum, 0), 255))
                    }
                    target += channels
                }
            }
        }
    }
}

/// Where the pixels of a resized axis come from, in single precision.
private struct RealAxis {
    private let isHalfPixel: Bool
    private let input: Int
    private let step: Float

    init(_ coordinates: ResizeCoordinates, _ input: Int, _ output: Int) {
        isHalfPixel = coordinates == .halfPixel
        self.input = input
        let isAligned = coordinates == .alignCorners && output > 1
        step =
            isAligned ? Float(input - 1) / Float(output - 1) : Float(input) / Float(output)
    }

    /// The two pixels that a position lies between, and its distance from the first.
    subscript(position: Int) -> (first: Int, last: Int, fraction: Float) {
        let scaled = isHalfPixel ? (Float(position) + 0.5) * step - 0.5 : Float(position) * step
        let first = max(Int(scaled.rounded(.down)), 0)
        return (first, min(Int(scaled.rounded(.up)), input - 1), scaled - Float(first))
    }
}

/// Where the pixels of a resized axis come from.
private struct FixedPointAxis {
    private let coordinates: ResizeCoordinates
    private let input: Int
    /// Steps of 1/1024 between neighbours.
    private let step: Int

    init(_ coordinates: ResizeCoordinates, _ input: Int, _ output: Int) {
        self.coordinates = coordinates
        self.input = input
        let isAligned = coordinates == .alignCorners && output > 1
        let (source, target) = isAligned ? (input - 1, output - 1) : (input, output)
        step = (source * 1024 + target / 2) / target
    }

    /// The two pixels that a position lies between, and its distance from the first in steps of 1/1024.
    subscript(position: Int) -> (first: Int, last: Int, fraction: Int64) {
        let scaled = position * step + (coordinates == .halfPixel ? step / 2 - 512 : 0)
        let first = max(scaled / 1024, 0)
        return (first, min((scaled + 1023) / 1024, input - 1), Int64(scaled - 1024 * first))
    }
}
