import Dispatch

/// Runs two pieces of work at the same time.
enum Concurrently {
    /// The results of both; they may share nothing that one of them changes.
    ///
    /// - Throws: what the first throws, else what the second throws.
    static func run<First, Second>(
        _ first: () throws -> First, _ second: () throws -> Second
    ) throws -> (First, Second) {
        // Each is used by one of the two threads only.
        nonisolated(unsafe) let (first, second) = (first, second)
        nonisolated(unsafe) var firstResult: Result<First, any Error>?
        nonisolated(unsafe) var secondResult: Result<Second, any Error>?
        DispatchQueue.concurrentPerform(iterations: 2) { index in
            if index == 0 {
                firstResult = Result { try first() }
            } else {
                secondResult = Result { try second() }
            }
        }
        return (
            try firstResult?.get() ?? first(),
            try secondResult?.get() ?? second()
        )
    }
}
