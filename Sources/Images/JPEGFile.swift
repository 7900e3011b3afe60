import CTurboJPEG
import Problems

/// Reading of JPEG files by libjpeg-turbo.
enum JPEGFile {
    static func read(_ bytes: UnsafeRawBufferPointer) throws -> ColorImage {
        guard let decoder = tjInitDecompress() else { throw fault(nil) }
        defer { tjDestroy(decoder) }
        let data = bytes.bindMemory(to: UInt8.self).baseAddress
        var (width, height): (Int32, Int32) = (0, 0)
        var (subsampling, colors): (Int32, Int32) = (0, 0)
        let size = UInt(bytes.count)
        guard
            tjDecompressHeader3(
                decoder, data, size, &width, &height, &subsampling, &colors) == 0
        else { throw fault(decoder) }
        var pixels = [UInt8](
            repeating: 0,
            count: try ColorImage.byteCount(height: Int(height), width: Int(width)))
        let result = pixels.withUnsafeMutableBufferPointer {
            tjDecompress2(
                decoder, data, size, $0.baseAddress, width, 0, height,
                Int32(TJPF_RGBA.rawValue), TJFLAG_ACCURATEDCT)
        }
        guard result == 0 else { throw fault(decoder) }
        return ColorImage(height: Int(height), width: Int(width), pixels: pixels)
    }

    private static func fault(_ decoder: tjhandle?) -> Problem {
        let text = tjGetErrorStr2(decoder).map { String(cString: $0) } ?? "it cannot be decoded"
        return Problem(.malformed(what: "JPEG image", reason: text))
    }
}
