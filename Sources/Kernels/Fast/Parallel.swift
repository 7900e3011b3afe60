import Dispatch

/// Divides independent work between processors.
enum Parallel {
    /// Calls `body` with consecutive parts of `0..<count`, at most one part per thread at a time.
    ///
    /// `grain` is the least part worth a thread.
    static func forEachPart(
        of count: Int, threads: Int, grain: Int = 1, _ body: (Range<Int>) -> Void
    ) {
        let parts = min(threads, (count + grain - 1) / max(grain, 1))
        guard parts > 1 else {
            if count > 0 { body(0..<count) }
            return
        }
        withoutActuallyEscaping(body) { body in
            nonisolated(unsafe) let shared = body
            DispatchQueue.concurrentPerform(iterations: parts) { part in
                let range = count * part / parts..<count * (part + 1) / parts
                if !range.isEmpty { shared(range) }
            }
        }
    }
}
