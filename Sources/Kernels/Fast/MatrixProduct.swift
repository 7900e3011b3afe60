import CKernels

/// Products of a float matrix with a packed one.
enum MatrixProduct {
    /// `output[i, j] = clamp(bias[j] + Σ input[i·rowStride + k]·matrix[k, j])`.
    static func run(
        rows: Int, input: UnsafePointer<Float>, rowStride: Int, matrix: PackedMatrix,
        bias: UnsafePointer<Float>?, activation: FusedActivation,
        output: UnsafeMutablePointer<Float>, outputStride: Int, threads: Int
    ) {
        guard matrix.use == .rows else {
            for row in 0..<rows {
                vector(
                    input + row * rowStride, [(matrix, bias)], activation,
                    outputs: [output + row * outputStride], threads: threads)
            }
            return
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

    /// Products of one row with several matrices of equal shape, packed for vectors, each with its bias.
    static func vector(
        _ input: UnsafePointer<Float>,
        _ matrices: [(matrix: PackedMatrix, bias: UnsafePointer<Float>?)],
        _ activation: FusedActivation, outputs: [UnsafeMutablePointer<Float>], threads: Int
    ) {
        guard let (depth, columns) = matrices.first.map({ ($0.matrix.depth, $0.matrix.columns) })
        else { return }
        let width = PackedMatrix.Use.vectors.width
        let panels = (columns + width - 1) / width
        Parallel.forEachPart(
            of: matrices.count * panels, threads: threads, grain: 65536 / max(depth * width, 1) + 1
        ) { part in
            var first = part.lowerBound
            while first < part.upperBound {
                let (index, panel) = (first / panels, first % panels)
                let end = min(panels, panel + part.upperBound - first)
                let (matrix, bias) = matrices[index]
                kernels_vector_product(
                    input, matrix.panels + panel * width * depth, depth,
                    min(end * width, columns) - panel * width, bias.map { $0 + panel * width },
                    activation.lower, activation.upper, outputs[index] + panel * width)
                first += end - panel
            }
        }
    }

    /// Rows of a block whose input stays in the second-level cache.
    static func blockRows(depth: Int) -> Int {
        min(max(65536 / max(depth, 1) / 24 * 24, 48), 480)
    }

    /// One call of the inner loop: each row is the concatenation of `tapLength` floats per tap.
    static func multiply(
        _ rows: UnsafeBufferPointer<UnsafePointer<Float>>,
        _ outputs: UnsafeBufferPointer<UnsafeMutablePointer<Float>>, taps: [Int], tapLength: Int,
        _ matrix: PackedMatrix, _ bias: UnsafePointer<Float>?, _ activation: FusedActivation
    ) {
        rows.withMemoryRebound(to: UnsafePointer<Float>?.self) { rows in
            outputs.withMemoryRebound(to: UnsafeMutablePointer<Float>?.self) { outputs in
                taps.withUnsafeBufferPointer { taps in
                    var job = kernels_gemm_job(
                        rows: rows.baseAddress, outputs: outputs.baseAddress,
                        row_count: rows.count, tap_offsets: taps.baseAddress,
                        tap_count: taps.count, tap_length: tapLength, panels: matrix.panels,
                        columns: matrix.columns, bias: bias, lower: activation.lower,
                        upper: activation.upper)
                    kernels_gemm(&job)
                }
            }
        }
    }
}
