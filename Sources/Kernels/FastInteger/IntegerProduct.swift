import CKernels

/// Products of widened rows with packed matrices.
enum IntegerProduct {
    /// Calls `body` with memory for the addresses of rows and of results.
    static func withRows<Result>(
        _ count: Int,
        _ body: (
            UnsafeMutablePointer<UnsafeRawPointer?>,
            UnsafeMutablePointer<UnsafeMutablePointer<Result>?>
        ) -> Void
    ) {
        withUnsafeTemporaryAllocation(of: UnsafeRawPointer?.self, capacity: count) { from in
            withUnsafeTemporaryAllocation(
                of: UnsafeMutablePointer<Result>?.self, capacity: count
            ) { to in
                guard let rows = from.baseAddress, let results = to.baseAddress else { return }
                body(rows, results)
            }
        }
    }

    /// Multiplies and scales; a row's results go to the address of the same number.
    static func multiply(
        _ rows: UnsafePointer<UnsafeRawPointer?>, count: Int, taps: [Int],
        _ matrix: PackedIntegerMatrix, _ offsets: [Int32], _ scaling: PackedScaling,
        to outputs: UnsafePointer<UnsafeMutablePointer<Int8>?>
    ) {
        scaling.withKernels { scaling in
            withJob(rows, count, taps, matrix, offsets) { job in
                job.scaling = scaling
                job.outputs = outputs
                kc_integer_gemm(&job)
            }
        }
    }

    /// Multiplies; a row's sums go to the address of the same number.
    static func multiply(
        _ rows: UnsafePointer<UnsafeRawPointer?>, count: Int, taps: [Int],
        _ matrix: PackedIntegerMatrix, _ offsets: [Int32],
        to sums: UnsafePointer<UnsafeMutablePointer<Int32>?>
    ) {
        withJob(rows, count, taps, matrix, offsets) { job in
            job.sums = sums
            kc_integer_gemm(&job)
        }
    }

    /// Multiplies and expresses the sums as floats; a row's floats go to the address of the same number.
    static func multiply(
        _ rows: UnsafePointer<UnsafeRawPointer?>, count: Int, taps: [Int],
        _ matrix: PackedIntegerMatrix, _ offsets: [Int32],
        _ expression: UnsafePointer<kc_integer_expression>,
        to floats: UnsafePointer<UnsafeMutablePointer<Float>?>
    ) {
        withJob(rows, count, taps, matrix, offsets) { job in
            job.expression = expression
            job.floats = floats
            kc_integer_gemm(&job)
        }
    }

    private static func withJob(
        _ rows: UnsafePointer<UnsafeRawPointer?>, _ count: Int, _ taps: [Int],
        _ matrix: PackedIntegerMatrix, _ offsets: [Int32],
        _ body: (inout kc_integer_gemm_job) -> Void
    ) {
        taps.withUnsafeBufferPointer { taps in
            offsets.withUnsafeBufferPointer { offsets in
                var job = kc_integer_gemm_job()
                job.rows = rows
                job.row_count = count
                job.tap_offsets = taps.baseAddress
                job.tap_count = matrix.tapCount
                job.tap_words = matrix.tapWords
                job.panels = matrix.panels
                job.columns = matrix.columns
                job.offsets = offsets.baseAddress
                body(&job)
            }
        }
    }
}

extension IntegerProduct {
    /// The products of plain rows with a matrix of one tap, scaled; the elements of the rows follow each other in `output`.
    ///
    /// - Parameters:
    ///   - length: elements of a row.
    ///   - fill: writes a row.
    static func forEachBlock(
        rows: Int, length: Int, _ matrix: PackedIntegerMatrix, _ offsets: [Int32],
        _ scaling: PackedScaling, threads: Int, to output: UnsafeMutablePointer<Int8>,
        fill: (_ row: Int, _ target: UnsafeMutableRawPointer) -> Void
    ) {
        WidenedRows<Int8>.forEachBlock(rows: rows, length: length, threads: threads) { block in
            block.forEach { index, row, target in
                fill(row, target)
                block.results[index] = output + row * matrix.columns
            }
            multiply(
                block.rows, count: block.numbers.count, taps: [0], matrix, offsets, scaling,
                to: UnsafePointer(block.results))
        }
    }

    /// The sums of products of plain rows with a matrix of one tap, in blocks of rows.
    ///
    /// - Parameters:
    ///   - length: elements of a row.
    ///   - fill: writes a row.
    ///   - finish: takes the sums of some rows, `[rows, columns]`.
    static func forEachBlock(
        rows: Int, length: Int, _ matrix: PackedIntegerMatrix, _ offsets: [Int32], threads: Int,
        fill: (_ row: Int, _ target: UnsafeMutableRawPointer) -> Void,
        finish: (_ rows: Range<Int>, _ sums: UnsafePointer<Int32>) -> Void
    ) {
        WidenedRows<Int32>.forEachBlock(
            rows: rows, length: length, spare: matrix.columns * 4, threads: threads
        ) { block in
            let sums = block.spare.assumingMemoryBound(to: Int32.self)
            block.forEach { index, row, target in
                fill(row, target)
                block.results[index] = sums + index * matrix.columns
            }
            multiply(
                block.rows, count: block.numbers.count, taps: [0], matrix, offsets,
                to: UnsafePointer(block.results))
            finish(block.numbers, UnsafePointer(sums))
        }
    }
}
