import CKernels

extension FastKernels {
    /// `exp(beta·x) / Σ exp(beta·x)` over each of `rows` rows of `count` elements.
    package static func softmax(
        rows: Int, count: Int, beta: Float = 1, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        Parallel.forEachPart(
            of: rows, threads: threads, grain: 4096 / max(count, 1) + 1
        ) { part in
            let first = part.lowerBound * count
            kc_softmax(part.count, count, beta, input + first, output + first)
        }
    }

    /// `x − log Σ exp(x)` over each of `rows` rows of `count` elements.
    package static func logSoftmax(
        rows: Int, count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        Parallel.forEachPart(
            of: rows, threads: threads, grain: 4096 / max(count, 1) + 1
        ) { part in
            let first = part.lowerBound * count
            kc_log_softmax(part.count, count, input + first, output + first)
        }
    }
}
