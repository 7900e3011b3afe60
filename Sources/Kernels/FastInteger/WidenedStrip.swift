import CKernels
import Tensors

/// The rows of an image that a block of output rows of a convolution reads, widened, with what stands for 0 around them.
struct WidenedStrip {
    /// Channels of the image.
    let imageChannels: Int
    /// The channels that are read.
    let channels: Range<Int>
    let height: WindowAxis
    let width: WindowAxis
    let inputZeroPoint: Int32

    /// Pixels of a row of the strip.
    var rowPixels: Int { max(width.output - 1, 0) * width.stride + width.span }

    /// Elements of a row of the strip.
    var rowLength: Int { rowPixels * channels.count }

    /// Whether the taps of a row are neighbours in memory and so make one long tap.
    private var joinsRow: Bool { width.dilation == 1 }

    /// Elements of a tap.
    var tapLength: Int { joinsRow ? width.kernel * channels.count : channels.count }

    /// The offset of each tap from the first position of a window, in elements.
    var taps: [Int] {
        (0..<height.kernel).flatMap { y in
            (joinsRow ? 0..<1 : 0..<width.kernel).map { x in
                y * height.dilation * rowLength + x * width.dilation * channels.count
            }
        }
    }

    /// Output rows per block: what a block reads should stay in the first-level cache or near it.
    var blockLines: Int {
        let rowBytes = rowLength * kc_integer_element_size()
        let cached = 65536 / max(rowBytes * height.stride, 1)
        let enough = 48 / max(width.output, 1) + 1
        return min(max(cached, enough), max(height.output, 1))
    }

    /// Writes the first position of the window of each pixel of some lines.
    ///
    /// - Parameter start: the rows that the lines reach.
    func addresses(
        _ start: UnsafeRawPointer, lines: Int,
        to addresses: UnsafeMutablePointer<UnsafeRawPointer?>
    ) {
        let size = kc_integer_element_size()
        let (row, step) = (
            rowLength * height.stride * size, channels.count * width.stride * size
        )
        var target = addresses
        for line in 0..<lines {
            var position = start + line * row
            for _ in 0..<width.output {
                target.pointee = position
                target += 1
                position += step
            }
        }
    }

    /// Calls `body` with the rows that the windows of `lines` reach, which stay valid during the call.
    func withRows(
        _ image: UnsafePointer<Int8>, lines: Range<Int>, _ body: (UnsafeRawPointer) -> Void
    ) {
        withRows(lines: lines, zeroPoint: inputZeroPoint) { element, count, target in
            kc_integer_widen(count, image + element, inputZeroPoint, target)
        } body: {
            body($0)
        }
    }

    /// Calls `body` with the rows that the windows of `lines` reach, which stay valid during the call.
    ///
    /// - Parameters:
    ///   - zeroPoint: the integer that stands for 0.
    ///   - widen: writes some neighbouring elements of the image as elements of a widened row.
    func withRows(
        lines: Range<Int>, zeroPoint: Int32,
        widen: (_ element: Int, _ count: Int, _ target: UnsafeMutableRawPointer) -> Void,
        body: (UnsafeRawPointer) -> Void
    ) {
        let first = lines.lowerBound * height.stride - height.padBefore
        let rows = (lines.count - 1) * height.stride + height.span
        let size = kc_integer_element_size()
        let bytes = rows * rowLength * size + 64
        guard let scratch = kc_scratch((bytes + 3) / 4) else { return }
        let start = UnsafeMutableRawPointer(scratch)
        for row in 0..<rows {
            let target = start + row * rowLength * size
            if (0..<height.input).contains(first + row) {
                fill(target, row: first + row, zeroPoint, widen)
            } else {
                kc_integer_fill(rowLength, zeroPoint, target)
            }
        }
        body(UnsafeRawPointer(start))
    }

    /// Writes what a row of the image brings to a row of the strip.
    private func fill(
        _ target: UnsafeMutableRawPointer, row: Int, _ zeroPoint: Int32,
        _ widen: (_ element: Int, _ count: Int, _ target: UnsafeMutableRawPointer) -> Void
    ) {
        let (size, depth) = (kc_integer_element_size(), channels.count)
        let inside =
            max(-width.padBefore, 0)..<max(min(rowPixels - width.padBefore, width.input), 0)
        guard inside.lowerBound < inside.upperBound else {
            return kc_integer_fill(rowLength, zeroPoint, target)
        }
        let before = (inside.lowerBound + width.padBefore) * depth
        let length = inside.count * depth
        kc_integer_fill(before, zeroPoint, target)
        let start = row * width.input * imageChannels
        if depth == imageChannels {
            widen(start + inside.lowerBound * depth, length, target + before * size)
        } else {
            for (index, pixel) in inside.enumerated() {
                widen(
                    start + pixel * imageChannels + channels.lowerBound, depth,
                    target + (before + index * depth) * size)
            }
        }
        kc_integer_fill(
            rowLength - before - length, zeroPoint, target + (before + length) * size)
    }
}
