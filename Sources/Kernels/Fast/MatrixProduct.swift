import CKernels
import Tensors

/// Products of a float matrix with a packed one.
enum MatrixProduct {
    /// `output[i, j] = clamp(bias[j] + Σ input[i·rowStride + k]·matrix[k, j])`.
    static func run(
        rows: Int, input: UnsafePointer<Float>, rowStride: Int, matrix: PackedMatrix,
        bias: UnsafePointer<Float>?, activation: Clamp,
        output: UnsafeMutablePointer<Float>, outputStride: Int, threads: Int
    ) {
        guard matrix.use == .rows else {
            return Parallel.forEachPart(
                of: matrix.panelCount, threads: threads, grain: matrix.panelsWorthAThread
            ) { part in
                for row in 0..<rows {
                    vector(
                        input + row * rowStride, matrix, panels: part, bias: bias, activation,
                        output: output + row * outputStride)
                }
            }
        }
        let block = blockRows(depth: matrix.depth)
        Parallel.forEachPart(of: rows, threads: threads, grain: 8) { part in
            withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: block) { from in
                withUnsafeTemporaryAllocation(
                    of: UnsafeMutablePointer<Float>.self, capacity: block
                ) { to in
                    for first in stride(from: part.lowerBound, to: part.upperBound, by: block) {
                        let count = min(block, part.upperBound - first)
                        for row in 0..<count {
                            from.initializeElement(
                                at: row, to: input + (first + row) * rowStride)
                            to.initializeElement(
                                at: row, to: output + (first + row) * outputStride)
                        }
                        multiply(
                            UnsafeBufferPointer(rebasing: from[..<count]),
                            UnsafeBufferPointer(rebasing: to[..<count]), taps: [0],
                            tapLength: matrix.depth, matrix, bias, activation)
                    }
                }
            }
        }
    }

    /// The product of one row with some panels of a matrix packed for vectors.
    static func vector(
        _ input: UnsafePointer<Float>, _ matrix: PackedMatrix, panels: Range<Int>,
        bias: UnsafePointer<Float>?, _ activation: Clamp,
        output: UnsafeMutablePointer<Float>
    ) {
        let width = PackedMatrix.Use.vectors.width
        let first = panels.lowerBound * width
        kc_vector_product(
            input, matrix.panels + first * matrix.depth, matrix.depth,
            min(panels.upperBound * width, matrix.columns) - first, bias.map { $0 + first },
            activation.lower, activation.upper, output + first)
    }

    /// Rows of a block whose input stays in the second-level cache.
    static func blockRows(depth: Int) -> Int {
        min(max(65536 / max(depth, 1) / 24 * 24, 48), 480)
    }

    /// One call of the inner loop: each row is the concatenation of `tapLength` floats per tap.
    ///
    /// - Parameters:
    ///   - first: the row of the matrix that the first float meets.
    ///   - accumulates: whether the products are added to what is in the outputs.
    static func multiply(
        _ rows: UnsafeBufferPointer<UnsafePointer<Float>>,
        _ outputs: UnsafeBufferPointer<UnsafeMutablePointer<Float>>, taps: [Int], tapLength: Int,
        _ matrix: PackedMatrix, from first: Int = 0, accumulates: Bool = false,
        _ bias: UnsafePointer<Float>?, _ activation: Clamp
    ) {
        rows.withMemoryRebound(to: UnsafePointer<Float>?.self) { rows in
            outputs.withMemoryRebound(to: UnsafeMutablePointer<Float>?.self) { outputs in
                taps.withUnsafeBufferPointer { taps in
                    var job = kc_gemm_job(
                        rows: rows.baseAddress, outputs: outputs.baseAddress,
                        row_count: rows.count, tap_offsets: taps.baseAddress,
                        tap_count: taps.count, tap_length: tapLength,
                        panels: matrix.panels + first * matrix.use.width,
                        panel_depth: matrix.depth, columns: matrix.columns,
                        accumulates: accumulates, bias: bias, lower: activation.lower,
                        upper: activation.upper)
                    kc_gemm(&job)
                }
            }
        }
    }
}
