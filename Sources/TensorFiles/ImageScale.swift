import Images
import Problems
import Tensors

/// How the pixels of an image become elements of a tensor: (pixel − mean) / deviation, for pixels of 0 to 255.
public struct ImageScale: Sendable {
    /// One number for all channels, or one for each.
    public var mean: [Double]
    /// One number for all channels, or one for each; none is 0.
    public var deviation: [Double]

    /// A scale, by default one that keeps the pixels as they are.
    public init(mean: [Double] = [0], deviation: [Double] = [1]) {
        self.mean = mean
        self.deviation = deviation
    }

    /// The image in a file as `[height, width, channels]`.
    ///
    /// - Parameter channels: 1, 3 or 4.
    package func array(_ path: String, channels: Int) throws -> Tensor {
        let image = try Image(contentsOf: path, channels: channels)
        let means = try spread(mean, "mean", channels)
        let deviations = try spread(deviation, "deviation", channels)
        let shape: Shape = [image.height, image.width, channels]
        return Tensor(dtype: .float64, shape: shape) { target in
            let values = target.bindMemory(to: Double.self)
            for (index, pixel) in image.pixels.enumerated() {
                values[index] =
                    (Double(pixel) - means[index % channels]) / deviations[index % channels]
            }
        }
    }

    private func spread(_ numbers: [Double], _ name: String, _ channels: Int) throws -> [Double] {
        if numbers.count == 1 { return [Double](repeating: numbers[0], count: channels) }
        guard numbers.count == channels else {
            throw Problem(
                .invalidArgument(
                    "the \(name) has \(numbers.count) numbers for \(channels) channels",
                    remedy: "Give one number, or one for each channel."))
        }
        return numbers
    }
}
