#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The processors of this machine.
enum Processors {
    /// How many of them verification uses.
    static let count = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 16)
    /// Those for one of two sides that run at the same time.
    static let half = max(1, count / 2)
}
