/// How many threads a piece of work may use.
package struct ThreadBudget: Sendable, Hashable {
    /// The number of threads; at least 1.
    package let count: Int

    /// A budget of `count` threads, or of one thread if `count` is not positive.
    package init(_ count: Int) {
        self.count = max(1, count)
    }

    /// One thread per processor that is online.
    package static let machine = ThreadBudget(sysconf(Int32(_SC_NPROCESSORS_ONLN)))

    /// The smaller of this budget and `limit` threads.
    package func limited(to limit: Int) -> ThreadBudget { ThreadBudget(min(count, limit)) }

    /// The budget of one of two sides that run at the same time.
    package var half: ThreadBudget { ThreadBudget(count / 2) }
}

/// A number that no other thread has while the calling thread lives.
package func currentThreadIdentifier() -> UInt {
    #if canImport(Glibc)
        UInt(pthread_self())
    #else
        UInt(bitPattern: pthread_self())
    #endif
}
