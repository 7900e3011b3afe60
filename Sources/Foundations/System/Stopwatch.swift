/// Measures seconds of wall time.
package struct Stopwatch {
    private var start = Stopwatch.now

    package init() {}

    /// Seconds since the start or the last lap.
    package mutating func lap() -> Double {
        let end = Self.now
        defer { start = end }
        return end - start
    }

    /// Seconds since some moment.
    package static var now: Double { seconds(CLOCK_MONOTONIC) }

    /// Seconds that processors have worked for this process.
    package static var processorTime: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
