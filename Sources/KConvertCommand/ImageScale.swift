import Images
import Problems
import Tensors

/// What becomes of the pixels of an image: (pixel − mean) / deviation, pixels being 0 to 255.
struct ImageScale {
    /// One number for all channels, or one for each.
    var mean: [Double]
    /// One number for all channels, or one for each.
    var deviation: [Double]
    /// The channels that the model takes: 1, 3 or 4.
    var channels: Int

    /// The image in a file as `[height, width, channels]`.
    func array(_ path: String) throws -> Tensor {
        let image = try Image(contentsOf: path, channels: channels)
        let (means, deviations) = (try spread(mean, "--mean"), try spread(deviation, "--std"))
        let values = image.pixels.enumerated().map { index, pixel in
            (Double(pixel) - means[index % channels]) / deviations[index % channels]
        }
        return Tensor(
            dtype: .float64, shape: [image.height, image.width, channels], copying: values)
    }

    private func spread(_ numbers: [Double], _ option: String) throws -> [Double] {
        if numbers.count == 1 { return [Double](repeating: numbers[0], count: channels) }
        guard numbers.count == channels else {
            throw Problem(
                .invalidArgument(
                    "\(option) has \(numbers.count) numbers for \(channels) channels",
                    remedy: "Give one number, or one for each channel."))
        }
        return numbers
    }
}
