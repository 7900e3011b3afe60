#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Measures seconds of wall time.
struct Stopwatch {
    private var start = Stopwatch.now

    /// Seconds since the start or the last lap.
    mutating func lap() -> Double {
        let end = Self.now
        defer { start = end }
        return end - start
    }

    /// Seconds since some moment.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
