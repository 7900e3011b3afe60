import CKernels

extension FastKernels {
    /// `x / max(‖x‖, 1e-6)` over each of `rows` rows of `count` elements.
    package static func l2Normalization(
        rows: Int, count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        let block = blockRows(count)
        forEachBlock(rows, count, block, threads) { first, rows in
            let (source, target) = (input + first * count, output + first * count)
            withUnsafeTemporaryAllocation(of: Float.self, capacity: rows) { memory in
                guard let norms = memory.baseAddress else { return }
                kc_unary(kc_square, 0, 0, rows * count, source, target)
                kc_reduce(kc_reduce_sum, rows, count, 1, 1, target, norms)
                kc_unary(kc_sqrt, 0, 0, rows, norms, norms)
                kc_unary(kc_clamp, 1e-6, .infinity, rows, norms, norms)
                let shape = kc_broadcast_shape(
                    rows: rows, count: count, a_row: count, b_row: 1, c_row: 0, a_step: 1,
                    b_step: 0, c_step: 0)
                kc_binary(kc_divide, shape, source, norms, target)
            }
        }
    }

    /// Local response normalization over each of `rows` rows of `count` channels.
    ///
    /// As `ReferenceKernels.localResponseNormalization`.
    package static func localResponseNormalization(
        rows: Int, count: Int, radius: Int, bias: Float, alpha: Float, beta: Float,
        input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        // Rows of squares with zeros between, so that windows need no bounds.
        let (stride, block) = (count + radius, blockRows(count))
        let capacity = block * stride + 2 * radius
        forEachBlock(rows, count, block, threads) { first, rows in
            withUnsafeTemporaryAllocation(of: Float.self, capacity: 2 * capacity) { memory in
                guard let squares = memory.baseAddress else { return }
                let (sums, length) = (squares + capacity, rows * stride)
                squares.initialize(repeating: 0, count: capacity)
                for row in 0..<rows {
                    kc_unary(
                        kc_square, 0, 0, count, input + (first + row) * count,
                        squares + radius + row * stride)
                }
                sums.update(from: squares, count: length)
                let flat = kc_broadcast_shape(
                    rows: 1, count: length, a_row: 0, b_row: 0, c_row: 0, a_step: 1, b_step: 1,
                    c_step: 0)
                for offset in 1..<2 * radius + 1 {
                    kc_binary(kc_add, flat, sums, squares + offset, sums)
                }
                scale(sums, length, bias, alpha, beta)
                let shape = kc_broadcast_shape(
                    rows: rows, count: count, a_row: count, b_row: stride, c_row: 0, a_step: 1,
                    b_step: 1, c_step: 0)
                kc_binary(
                    kc_multiply, shape, input + first * count, sums, output + first * count)
            }
        }
    }

    /// `(bias + alpha·x)^−beta` in place.
    private static func scale(
        _ values: UnsafeMutablePointer<Float>, _ count: Int, _ bias: Float, _ alpha: Float,
        _ beta: Float
    ) {
        let shape = kc_broadcast_shape(
            rows: 1, count: count, a_row: 0, b_row: 0, c_row: 0, a_step: 1, b_step: 0, c_step: 0)
        kc_binary(kc_multiply, shape, values, [alpha], values)
        kc_binary(kc_add, shape, values, [bias], values)
        kc_binary(kc_power, shape, values, [-beta], values)
    }

    /// Rows that fit the cache with what is computed from them.
    private static func blockRows(_ count: Int) -> Int { 4096 / max(count, 1) + 1 }

    /// Calls `body` with the first row and the number of rows of each block.
    private static func forEachBlock(
        _ rows: Int, _ count: Int, _ block: Int, _ threads: Int, _ body: (Int, Int) -> Void
    ) {
        guard count > 0 else { return }
        let blocks = (rows + block - 1) / block
        Parallel.forEachPart(of: blocks, threads: threads, grain: 2) { part in
            for index in part { body(index * block, min(block, rows - index * block)) }
        }
    }
}
