#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The processors of this machine.
enum Processors {
    /// How many of them verification uses.
    static let count = min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 16)
}
