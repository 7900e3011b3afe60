import CKernels
import Tensors

/// A 3×3 convolution of stride one with 16 products instead of 36 for 2×2 results (Winograd's F(2×2, 3×3)).
///
/// Patches of 4×4 inputs and filters become 16 terms each; the sums of products over the channels are 16 matrix
/// products, and 2×2 results follow from their 16 results. An infinity or NaN in the input also reaches the other
/// results of its tiles. Rounding errors are about twice those of the plain sum.
struct WinogradConvolution: Sendable {
    private let height: WindowAxis
    private let width: WindowAxis
    private let inputs: Int
    private let outputs: Int
    /// For each term the matrix `[inputs, outputs]`, one after the other.
    private let terms: PackedMatrix

    private static let termCount = 16

    /// Nil if the plain sum is the better way.
    init?(
        _ parameters: Conv2DParameters, filter: UnsafePointer<Float>, packed: PackedMatrices
    ) {
        guard Self.pays(parameters) else { return nil }
        height = parameters.height
        width = parameters.width
        let (inputs, outputs) = (parameters.inputChannels, parameters.outputChannels)
        self.inputs = inputs
        self.outputs = outputs
        terms = packed.matrix(.terms) {
            Self.terms(filter, inputs: inputs, outputs: outputs)
        }
    }

    /// Whether the shape fits, the channels outweigh the transforms, and tiles hardly reach over the edge.
    private static func pays(_ parameters: Conv2DParameters) -> Bool {
        let axes = [parameters.height, parameters.width]
        let isPlain = axes.allSatisfy { $0.kernel == 3 && $0.stride == 1 && $0.dilation == 1 }
        let tiles = axes.reduce(1) { $0 * (($1.output + 1) / 2) }
        let results = axes.reduce(1) { $0 * $1.output }
        return isPlain && parameters.groups == 1 && parameters.inputChannels >= 16
            && parameters.outputChannels >= 16 && tiles >= 8 && tiles * 20 <= results * 9
    }

    /// The 16 terms of a filter `[outputs, 3, 3, inputs]`, packed.
    private static func terms(
        _ filter: UnsafePointer<Float>, inputs: Int, outputs: Int
    ) -> PackedMatrix {
        let width = kc_panel_width()
        let panels = (outputs + width - 1) / width
        let matrix = PackedMatrix(depth: inputs, columns: termCount * panels * width)
        let block = 64
        withUnsafeTemporaryAllocation(of: Float.self, capacity: termCount * width * block) {
            guard let scratch = $0.baseAddress else { return }
            for panel in 0..<panels {
                let columns = min(width, outputs - panel * width)
                for first in stride(from: 0, to: inputs, by: block) {
                    let count = min(block, inputs - first)
                    for column in 0..<columns {
                        let source = filter + (panel * width + column) * 9 * inputs + first
                        var tile = kc_winograd_tile(
                            image: source, row_stride: 3 * inputs, column_stride: inputs,
                            terms: scratch + column * block, term_stride: width * block,
                            channels: count)
                        kc_winograd_filter(&tile)
                    }
                    for term in 0..<termCount {
                        let target = (term * panels + panel) * inputs + first
                        kc_pack_panel(
                            scratch + term * width * block, count, 1, block, columns, width,
                            matrix.panels + target * width)
                    }
                }
            }
        }
        return matrix
    }

    /// Convolves one image.
    func run(
        _ source: UnsafePointer<Float>, _ target: UnsafeMutablePointer<Float>,
        bias: UnsafePointer<Float>?, activation: Clamp, threads: Int
    ) {
        let tiles = tileRows * tileColumns
        // What a block needs should stay in the second-level cache.
        let limit = max(9600 / (inputs + outputs), 16)
        let blocks = ((tiles + limit - 1) / limit + threads - 1) / threads * threads
        let capacity = (tiles + blocks - 1) / blocks
        Parallel.forEachPart(of: blocks, threads: threads) { part in
            guard let scratch = WinogradScratch(tiles: capacity, inputs: inputs, outputs: outputs)
            else { return }
            for block in part {
                let range = tiles * block / blocks..<tiles * (block + 1) / blocks
                gather(range, source, scratch)
                multiply(range.count, scratch)
                scatter(range, scratch, target, bias, activation)
            }
        }
    }

    private var tileRows: Int { (height.output + 1) / 2 }
    private var tileColumns: Int { (width.output + 1) / 2 }

    /// The terms of the patches that tiles read.
    private func gather(
        _ tiles: Range<Int>, _ source: UnsafePointer<Float>, _ scratch: WinogradScratch
    ) {
        for (index, tile) in tiles.enumerated() {
            let y = tile / tileColumns * 2 - height.padBefore
            let x = tile % tileColumns * 2 - width.padBefore
            let isInside = y >= 0 && x >= 0 && y + 4 <= height.input && x + 4 <= width.input
            let row = isInside ? width.input * inputs : 4 * inputs
            let patch =
                isInside ? source + (y * width.input + x) * inputs : edge(y, x, source, scratch)
            var job = kc_winograd_tile(
                image: patch, row_stride: row, column_stride: inputs,
                terms: scratch.inputTerms + index * inputs,
                term_stride: scratch.capacity * inputs, channels: inputs)
            kc_winograd_input(&job)
        }
    }

    /// A copy of a patch that reaches over the edge, with zeros there.
    private func edge(
        _ y: Int, _ x: Int, _ source: UnsafePointer<Float>, _ scratch: WinogradScratch
    ) -> UnsafePointer<Float> {
        scratch.patch.update(repeating: 0, count: 16 * inputs)
        let rows = (y..<y + 4).clamped(to: 0..<height.input)
        let columns = (x..<x + 4).clamped(to: 0..<width.input)
        for row in rows {
            (scratch.patch + ((row - y) * 4 + columns.lowerBound - x) * inputs).update(
                from: source + (row * width.input + columns.lowerBound) * inputs,
                count: columns.count * inputs)
        }
        return UnsafePointer(scratch.patch)
    }

    private func multiply(_ count: Int, _ scratch: WinogradScratch) {
        typealias Rows = UnsafePointer<Float>?
        typealias Results = UnsafeMutablePointer<Float>?
        withUnsafeTemporaryAllocation(of: Rows.self, capacity: count) { rows in
            withUnsafeTemporaryAllocation(of: Results.self, capacity: count) { results in
                for term in 0..<Self.termCount {
                    let first = term * scratch.capacity
                    for tile in 0..<count {
                        rows[tile] = UnsafePointer(scratch.inputTerms + (first + tile) * inputs)
                        results[tile] = scratch.outputTerms + (first + tile) * outputs
                    }
                    multiply(term, UnsafeBufferPointer(rows), UnsafeBufferPointer(results))
                }
            }
        }
    }

    private func multiply(
        _ term: Int, _ rows: UnsafeBufferPointer<UnsafePointer<Float>?>,
        _ results: UnsafeBufferPointer<UnsafeMutablePointer<Float>?>
    ) {
        withUnsafePointer(to: 0) { tap in
            var job = kc_gemm_job(
                rows: rows.baseAddress, outputs: results.baseAddress, row_count: rows.count,
                tap_offsets: tap, tap_count: 1, tap_length: inputs,
                panels: terms.panels + term * (terms.columns / Self.termCount * inputs),
                panel_depth: inputs, columns: outputs, accumulates: false, bias: nil,
                lower: -.infinity, upper: .infinity)
            kc_gemm(&job)
        }
    }

    private func scatter(
        _ tiles: Range<Int>, _ scratch: WinogradScratch, _ target: UnsafeMutablePointer<Float>,
        _ bias: UnsafePointer<Float>?, _ activation: Clamp
    ) {
        for (index, tile) in tiles.enumerated() {
            let (y, x) = (tile / tileColumns * 2, tile % tileColumns * 2)
            var job = kc_winograd_tile(
                image: nil, row_stride: width.output * outputs, column_stride: outputs,
                terms: scratch.outputTerms + index * outputs,
                term_stride: scratch.capacity * outputs, channels: outputs)
            var results = kc_winograd_results(
                image: target + (y * width.output + x) * outputs,
                rows: min(height.output - y, 2), columns: min(width.output - x, 2), bias: bias,
                lower: activation.lower, upper: activation.upper)
            kc_winograd_output(&job, &results)
        }
    }
}

/// Working memory of one thread for a block of tiles.
private struct WinogradScratch {
    /// The most tiles of a block.
    let capacity: Int
    /// `[16, capacity, inputs]`.
    let inputTerms: UnsafeMutablePointer<Float>
    /// `[16, capacity, outputs]`.
    let outputTerms: UnsafeMutablePointer<Float>
    /// `[4, 4, inputs]`.
    let patch: UnsafeMutablePointer<Float>

    init?(tiles: Int, inputs: Int, outputs: Int) {
        capacity = tiles
        let counts = [16 * tiles * inputs, 16 * tiles * outputs, 16 * inputs]
        guard let memory = kc_scratch(counts.reduce(0, +)) else { return nil }
        inputTerms = memory
        outputTerms = memory + counts[0]
        patch = outputTerms + counts[1]
    }
}
