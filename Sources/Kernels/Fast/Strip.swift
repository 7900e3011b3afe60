import CKernels

/// The part of an image that a block of output rows reads, in place or copied with zeros around.
struct Strip {
    let channels: Int
    private let step: ConvolutionStep
    private let input: ImageExtents
    /// Input positions reached along each axis.
    private let reach: [Range<Int>]

    init(step: ConvolutionStep, _ input: ImageExtents, plane: Int, rows: Range<Int>) {
        self.step = step
        self.input = input
        channels = input.channels
        reach = [
            step.grid[0].reach(plane..<plane + 1), step.grid[1].reach(rows),
            step.grid[2].reach(0..<step.grid[2].count),
        ]
    }

    private var isInside: Bool {
        zip(reach, input.axes).allSatisfy { $0.lowerBound >= 0 && $0.upperBound <= $1 }
    }

    /// Floats between rows of the strip's data.
    var rowStride: Int { isInside ? input.row : reach[2].count * channels }

    private var planeStride: Int { isInside ? input.plane : reach[1].count * rowStride }

    /// Whether the taps along the width are neighbours in memory and so make one long tap.
    private var joinsWidth: Bool {
        let displacements = step.grid[2].displacements
        let neighbours = zip(displacements, displacements.dropFirst()).allSatisfy { $1 == $0 + 1 }
        return step.tapChannels == channels && neighbours
    }

    /// Floats per tap.
    var tapLength: Int {
        joinsWidth ? step.grid[2].displacements.count * channels : step.tapChannels
    }

    /// Offset of each tap from the first position a window reaches.
    var taps: [Int] {
        let width = step.grid[2].displacements
        let least = step.grid.map { $0.displacements.min() ?? 0 }
        var taps: [Int] = []
        for z in step.grid[0].displacements {
            for y in step.grid[1].displacements {
                for x in joinsWidth ? Array(width.prefix(1)) : width {
                    taps.append(
                        (z - least[0]) * planeStride + (y - least[1]) * rowStride
                            + (x - least[2]) * channels + step.inputChannel)
                }
            }
        }
        return taps
    }

    /// Calls `body` with the first position the strip reaches.
    func withData(
        _ image: UnsafePointer<Float>, _ body: (UnsafePointer<Float>, Strip) -> Void
    ) {
        if isInside {
            let offset =
                reach[0].lowerBound * input.plane + reach[1].lowerBound * input.row
                + reach[2].lowerBound * channels
            return body(image + offset, self)
        }
        let count = max(reach[0].count * planeStride, 1)
        guard let copy = kc_scratch(count) else { return }
        fill(copy, from: image)
        body(copy, self)
    }

    private func fill(_ copy: UnsafeMutablePointer<Float>, from image: UnsafePointer<Float>) {
        let inside = reach[2].clamped(to: 0..<input.axes[2])
        let before = min(max(-reach[2].lowerBound, 0), reach[2].count) * channels
        let width = inside.count * channels
        var row = copy
        for z in reach[0] {
            for y in reach[1] {
                let exists = (0..<input.axes[0]).contains(z) && (0..<input.axes[1]).contains(y)
                let kept = exists ? width : 0
                let skipped = kept == 0 ? 0 : before
                row.initialize(repeating: 0, count: skipped)
                if kept > 0 {
                    let source =
                        image + z * input.plane + y * input.row + inside.lowerBound * channels
                    (row + skipped).initialize(from: source, count: kept)
                }
                (row + skipped + kept).initialize(
                    repeating: 0, count: rowStride - skipped - kept)
                row += rowStride
            }
        }
    }
}
