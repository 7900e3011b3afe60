import CPNG
import Problems

/// Reading of PNG files by libpng.
enum PNGFile {
    static func read(_ bytes: UnsafeRawBufferPointer) throws -> ColorImage {
        var image = png_image()
        image.version = 1
        defer { png_image_free(&image) }
        guard png_image_begin_read_from_memory(&image, bytes.baseAddress, bytes.count) != 0 else {
            throw fault(image)
        }
        // Else channels of 16 bits are taken for linear light and brightened.
        image.flags |= UInt32(PNG_IMAGE_FLAG_16BIT_sRGB)
        image.format = UInt32(PNG_FORMAT_FLAG_COLOR) | UInt32(PNG_FORMAT_FLAG_ALPHA)
        let (height, width) = (Int(image.height), Int(image.width))
        var pixels = [UInt8](
            repeating: 0, count: try ColorImage.byteCount(height: height, width: width))
        let isRead = pixels.withUnsafeMutableBytes {
            png_image_finish_read(&image, nil, $0.baseAddress, 0, nil) != 0
        }
        guard isRead else { throw fault(image) }
        return ColorImage(height: height, width: width, pixels: pixels)
    }

    private static func fault(_ image: png_image) -> Problem {
        let text = withUnsafeBytes(of: image.message) { bytes in
            String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        }
        return Problem(.malformed(what: "PNG image", reason: text))
    }
}
