import CKernels
import Tensors

/// A convolution of one row of pixels with windows so long that their weights leave the cache.
///
/// The taps are taken in runs whose weights the second-level cache holds. Each run goes over all pixels that it reads elements for, and
/// adds to the sums so far: weights are read from memory once, and taps that only meet padding are left out.
struct LongWindows {
    private let step: ConvolutionStep
    private let input: ImageExtents
    private let width: GridAxis

    /// Floats of a window from which on runs are worth it.
    private static let longWindow = 1 << 13
    /// Floats of a panel of weights that a run reads.
    private static let runFloats = 1 << 17

    /// The convolution that a step is; nil for others.
    init?(_ step: ConvolutionStep, _ input: ImageExtents) {
        let width = step.grid[2]
        let neighbours = zip(width.displacements, width.displacements.dropFirst())
        guard step.grid.dropLast().allSatisfy({ $0.count == 1 && $0.displacements.count == 1 }),
            step.grid.dropLast().allSatisfy({ $0.displacements[0] == 0 && $0.outputFirst == 0 }),
            step.tapChannels == input.channels, neighbours.allSatisfy({ $1 == $0 + 1 }),
            width.outputFirst == 0, width.outputStep == 1,
            step.matrix.depth >= Self.longWindow, width.displacements.count > 1,
            width.count >= 8
        else { return nil }
        (self.step, self.input, self.width) = (step, input, width)
    }

    func run(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>,
        _ output: ImageExtents, bias: UnsafePointer<Float>?, activation: Clamp, threads: Int
    ) {
        let strip = Strip(step: step, input, plane: 0, rows: 0..<1)
        strip.withData(source) { data, _ in
            Parallel.forEachPart(of: width.count, threads: threads, grain: 8) { part in
                multiply(data, target + step.outputChannel, output.channels, part, bias, activation)
            }
        }
    }

    /// Computes some pixels of the output.
    private func multiply(
        _ data: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>, _ stride: Int,
        _ pixels: Range<Int>, _ bias: UnsafePointer<Float>?, _ activation: Clamp
    ) {
        let columns = step.matrix.columns
        for pixel in pixels {
            let sums = target + pixel * stride
            if let bias {
                sums.update(from: bias + step.outputChannel, count: columns)
            } else {
                sums.update(repeating: 0, count: columns)
            }
        }
        let taps = width.displacements.count
        let channels = input.channels
        let run = max(Self.runFloats / (step.matrix.use.width * channels), 1)
        for first in Swift.stride(from: 0, to: taps, by: run) {
            let end = min(first + run, taps)
            let read = readers(of: first..<end).clamped(to: pixels)
            guard !read.isEmpty else { continue }
            let rows = read.map { data + ($0 * width.inputStep + first) * channels }
            let sums = read.map { target + $0 * stride }
            rows.withUnsafeBufferPointer { rows in
                sums.withUnsafeBufferPointer { sums in
                    MatrixProduct.multiply(
                        rows, sums, taps: [0], tapLength: (end - first) * channels, step.matrix,
                        from: first * channels, accumulates: true, nil, .none)
                }
            }
        }
        guard activation != .none else { return }
        for pixel in pixels {
            let sums = target + pixel * stride
            kc_unary(kc_clamp, activation.lower, activation.upper, columns, sums, sums)
        }
    }

    /// The pixels for which one of some taps meets the image.
    private func readers(of taps: Range<Int>) -> Range<Int> {
        let (least, greatest) = (
            width.displacements[taps.lowerBound], width.displacements[taps.upperBound - 1]
        )
        let step = width.inputStep
        let begin = (max(-greatest, 0) + step - 1) / step
        let end = (max(input.axes[2] - least, 0) + step - 1) / step
        return begin..<max(min(end, width.count), begin)
    }
}
