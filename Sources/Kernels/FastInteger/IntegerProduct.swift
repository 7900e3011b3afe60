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
                rows.initialize(repeating: nil, count: count)
                results.initialize(repeating: nil, count: count)
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
        let stride = (length * kc_integer_element_size() + 67) / 64 * 64
        let block = min(max(65536 / stride, 8), 64)
        Parallel.forEachPart(of: rows, threads: threads, grain: block) { part in
            for first in Swift.stride(from: part.lowerBound, to: part.upperBound, by: block) {
                let some = first..<min(first + block, part.upperBound)
                guard let scratch = kc_scratch((some.count * stride + 67) / 4) else { return }
                let start = UnsafeMutableRawPointer(scratch)
                withRows(some.count) { from, to in
                    for (index, row) in some.enumerated() {
                        fill(row, start + index * stride)
                        from[index] = UnsafeRawPointer(start + index * stride)
                        to[index] = output + row * matrix.columns
                    }
                    multiply(
                        UnsafePointer(from), count: some.count, taps: [0], matrix, offsets,
                        scaling, to: UnsafePointer(to))
                }
            }
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
        let size = kc_integer_element_size()
        let block = min(max(65536 / max(length * size, 1), 8), 64)
        let stride = (length * size + 67) / 64 * 64
        Parallel.forEachPart(of: rows, threads: threads, grain: block) { part in
            for first in Swift.stride(from: part.lowerBound, to: part.upperBound, by: block) {
                let some = first..<min(first + block, part.upperBound)
                let bytes = some.count * (stride + matrix.columns * 4)
                guard let scratch = kc_scratch((bytes + 67) / 4) else { return }
                let start = UnsafeMutableRawPointer(scratch)
                let sums = (start + some.count * stride).assumingMemoryBound(to: Int32.self)
                withRows(some.count) { from, to in
                    for (index, row) in some.enumerated() {
                        fill(row, start + index * stride)
                        from[index] = UnsafeRawPointer(start + index * stride)
                        to[index] = sums + index * matrix.columns
                    }
                    multiply(
                        UnsafePointer(from), count: some.count, taps: [0], matrix, offsets,
                        to: UnsafePointer(to))
                }
                finish(some, UnsafePointer(sums))
            }
        }
    }
}
