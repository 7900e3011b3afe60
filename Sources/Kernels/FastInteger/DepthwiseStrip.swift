import CKernels
import Tensors

/// A depthwise convolution of 8-bit integers with four taps to a word, for processors whose dot products take four elements.
struct DepthwiseStrip: Sendable {
    private let parameters: DepthwiseConv2DParameters
    private let strip: WidenedStrip
    /// Whether the elements of all lines of a block are neighbours in the strip, as those of their results are.
    private let joinsLines: Bool
    /// Whether the elements of a line are.
    private let joinsPixels: Bool
    private let taps: [Int]
    private let blocks: Int
    /// Words of four taps, `[blocks, taps / 4, block]`.
    private let weights: [Int32]
    /// What sums start with, `[blocks, block]`.
    private let offsets: [Int32]
    private let scaling: PackedScaling

    /// Nil if the processor has no such form or another one is faster.
    ///
    /// - Parameter filter: `[kh, kw, in]`; the zero point is 0.
    init?(
        _ parameters: DepthwiseConv2DParameters, filter: UnsafePointer<Int8>,
        inputZeroPoint: Int32, bias: [Int32], scaling: OutputScaling
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let (channels, block) = (parameters.inputChannels, kc_integer_strip_block())
        guard block > 0, parameters.multiplier == 1, channels > 0 else { return nil }
        strip = WidenedStrip(
            imageChannels: channels, channels: 0..<channels, height: height, width: width,
            inputZeroPoint: inputZeroPoint)
        let period = Self.period(channels: channels, block: block)
        joinsPixels = width.stride == 1 && period <= 32
        joinsLines = joinsPixels && height.stride == 1 && strip.rowPixels == width.output
        let wasted = (channels + block - 1) / block * block - channels
        guard joinsPixels || wasted <= channels else { return nil }
        self.parameters = parameters
        let order = Self.order(
            channels: channels, block: block,
            count: joinsPixels ? period : (channels + block - 1) / block)
        blocks = order.count / block
        let rowLength = strip.rowLength
        let positions = (0..<height.kernel).flatMap { y in
            (0..<width.kernel).map { x in
                y * height.dilation * rowLength + x * width.dilation * channels
            }
        }
        let groups = (positions.count + 3) / 4
        taps = positions + Array(repeating: 0, count: groups * 4 - positions.count)
        let correction = kc_integer_correction(inputZeroPoint)
        var weights = [Int32](repeating: 0, count: order.count * groups)
        offsets = order.enumerated().map { place, channel in
            var sum: Int32 = 0
            for tap in positions.indices {
                let weight = filter[tap * channels + channel]
                let word = (place / block * groups + tap / 4) * block + place % block
                weights[word] |= Int32(UInt8(bitPattern: weight)) << Int32(tap % 4 * 8)
                sum &+= Int32(weight)
            }
            return bias[channel] &- sum &* correction
        }
        self.weights = weights
        self.scaling = PackedScaling(scaling, channels: order)
    }

    /// The least number of blocks with whole pixels.
    private static func period(channels: Int, block: Int) -> Int {
        (1...channels).first { $0 * block % channels == 0 } ?? channels
    }

    /// The channel at each place of some blocks; after the last channel comes the first one.
    private static func order(channels: Int, block: Int, count: Int) -> [Int] {
        (0..<count * block).map { place in
            let (within, part) = (place % block, block / 4)
            let element = within % part / 4 * 16 + within / part * 4 + within % 4
            return (place - within + element) % channels
        }
    }

    /// Convolves all images.
    func run(input: UnsafePointer<Int8>, output: UnsafeMutablePointer<Int8>, threads: Int) {
        let (height, width) = (parameters.height, parameters.width)
        let image = height.input * width.input * parameters.inputChannels
        let row = width.output * parameters.inputChannels
        let step = strip.blockLines
        for record in 0..<parameters.batch {
            Parallel.forEachPart(of: height.output, threads: threads) { part in
                for line in stride(from: part.lowerBound, to: part.upperBound, by: step) {
                    let lines = line..<min(line + step, part.upperBound)
                    strip.withRows(input + record * image, lines: lines) { rows in
                        convolve(
                            rows, lines: lines.count,
                            to: output + (record * height.output + line) * row)
                    }
                }
            }
        }
    }

    private func convolve(
        _ rows: UnsafeRawPointer, lines: Int, to output: UnsafeMutablePointer<Int8>
    ) {
        let (height, width) = (parameters.height, parameters.width)
        let channels = parameters.inputChannels
        let lineLength = width.output * channels
        var job = kc_integer_strip_job()
        job.pixels = joinsPixels ? 1 : width.output
        job.count = joinsPixels ? lineLength * (joinsLines ? lines : 1) : channels
        job.input_step = width.stride * channels
        job.output_step = channels
        job.tap_groups = taps.count / 4
        job.blocks = blocks
        withArrays(&job) { job in
            for line in 0..<(joinsLines ? 1 : lines) {
                job.input = rows + line * height.stride * strip.rowLength
                job.output = output + line * lineLength
                kc_integer_strip(&job)
            }
        }
    }

    private func withArrays(
        _ job: inout kc_integer_strip_job, _ body: (inout kc_integer_strip_job) -> Void
    ) {
        taps.withUnsafeBufferPointer { taps in
            weights.withUnsafeBufferPointer { weights in
                offsets.withUnsafeBufferPointer { offsets in
                    scaling.withKernels { scaling in
                        job.tap_offsets = taps.baseAddress
                        job.weights = weights.baseAddress
                        job.offsets = offsets.baseAddress
                        job.scaling = scaling
                        body(&job)
                    }
                }
            }
        }
    }
}
