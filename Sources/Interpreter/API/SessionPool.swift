#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// Sessions that wait for their next use, shared by threads.
final class SessionPool: @unchecked Sendable {
    private let lock: UnsafeMutablePointer<pthread_mutex_t>
    private var sessions: [LiteSession] = []

    init() {
        lock = .allocate(capacity: 1)
        lock.initialize(to: pthread_mutex_t())
        pthread_mutex_init(lock, nil)
    }

    deinit {
        pthread_mutex_destroy(lock)
        lock.deallocate()
    }

    /// A waiting session, or nil where there is none.
    func take() -> LiteSession? {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        return sessions.popLast()
    }

    /// Lets a session wait for its next use.
    func put(_ session: LiteSession) {
        pthread_mutex_lock(lock)
        defer { pthread_mutex_unlock(lock) }
        sessions.append(session)
    }
}
