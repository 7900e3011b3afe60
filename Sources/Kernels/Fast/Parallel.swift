import CKernels

/// Divides independent work between processors.
enum Parallel {
    /// Calls `body` with consecutive parts of `0..<count`, at most one part per thread at a time.
    ///
    /// `grain` is the least part worth a thread. The threads stay for the next call.
    static func forEachPart(
        of count: Int, threads: Int, grain: Int = 1, _ body: (Range<Int>) -> Void
    ) {
        let parts = min(threads, (count + grain - 1) / max(grain, 1))
        guard parts > 1 else {
            if count > 0 { body(0..<count) }
            return
        }
        withoutActuallyEscaping(body) { body in
            var job = Job(count: count, parts: parts, body: body)
            withUnsafeMutablePointer(to: &job) { job in
                kc_parallel(parts, { Job.run($0, part: $1) }, job)
            }
        }
    }

    private struct Job {
        let count: Int
        let parts: Int
        let body: (Range<Int>) -> Void

        static func run(_ context: UnsafeMutableRawPointer?, part: Int) {
            guard let job = context?.assumingMemoryBound(to: Job.self).pointee else { return }
            let range = job.count * part / job.parts..<job.count * (part + 1) / job.parts
            if !range.isEmpty { job.body(range) }
        }
    }
}
