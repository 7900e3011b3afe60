import Foundations
import Problems
import Tensors

/// The pixels of a PNG or JPEG file, 8 bits for each channel.
package struct Image: Sendable {
    /// Pixels down.
    package let height: Int
    /// Pixels across.
    package let width: Int
    /// Row by row, the channels of a pixel together.
    package let pixels: [UInt8]

    /// The most pixels that are read.
    static let largestPixelCount = 1 << 27

    /// The image in a file, told by its first bytes.
    ///
    /// - Parameter channels: 1 for luminance (0.299 R + 0.587 G + 0.114 B), 3 for red, green and blue, 4 with opacity.
    /// - Throws: `Problem` with the file filled in: `fileAccess`, `malformed`, `tooLarge`.
    package init(contentsOf path: String, channels: Int) throws {
        self = try MappedFile.reading(path) { file in
            let bytes = file.bytes
            let image: ColorImage
            if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) {
                image = try PNGFile.read(bytes)
            } else if bytes.starts(with: [0xFF, 0xD8]) {
                image = try JPEGFile.read(bytes)
            } else {
                throw Problem(.malformed(what: "image", reason: "it is neither PNG nor JPEG"))
            }
            return Image(
                height: image.height, width: image.width,
                pixels: image.converted(toChannels: channels))
        }
    }

    private init(height: Int, width: Int, pixels: [UInt8]) {
        self.height = height
        self.width = width
        self.pixels = pixels
    }
}

/// An image of red, green, blue and opacity.
struct ColorImage {
    let height: Int
    let width: Int
    let pixels: [UInt8]

    /// What a pixel takes on its way to the input of a model: four bytes, then up to four numbers in double precision, twice.
    private static let bytesPerPixel = 72

    /// The number of bytes of an image.
    ///
    /// - Throws: `Problem.Kind.tooLarge`, or `overBudget` if there is no memory for what becomes of it.
    static func byteCount(height: Int, width: Int) throws -> Int {
        let (count, overflow) = height.multipliedReportingOverflow(by: width)
        guard !overflow, count <= Image.largestPixelCount, height > 0, width > 0 else {
            throw Problem(.tooLarge(what: "the image", value: "\(width)×\(height) pixels"))
        }
        try ResourceBudget.current.require(
            bytesPerPixel * count, for: "the image of \(width)×\(height) pixels")
        return count * 4
    }

    /// The same pixels with 1, 3 or 4 channels.
    func converted(toChannels channels: Int) -> [UInt8] {
        guard channels != 4 else { return pixels }
        var result: [UInt8] = []
        result.reserveCapacity(pixels.count / 4 * channels)
        for start in stride(from: 0, to: pixels.count, by: 4) {
            let color = pixels[start..<start + 3]
            guard channels == 1 else {
                result += color
                continue
            }
            let weighted = zip(color, [299, 587, 114]).reduce(500) { $0 + Int($1.0) * $1.1 }
            result.append(UInt8(weighted / 1000))
        }
        return result
    }
}
