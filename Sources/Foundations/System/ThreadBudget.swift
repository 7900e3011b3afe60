import CSystem

/// How many threads a piece of work may use.
///
/// It is 1 on a system that refuses to start threads or to open descriptors, which its queues need.
package struct ThreadBudget: Sendable, Hashable {
    /// The number of threads that was asked for; at least 1.
    private let wanted: Int

    /// The number of threads; at least 1.
    ///
    /// Whether the system starts threads is found out when more than one is to be used for the first time.
    package var count: Int { wanted > 1 && Self.canUseQueues ? wanted : 1 }

    /// A budget of `count` threads, or of one thread if `count` is not positive.
    package init(_ count: Int) {
        wanted = max(1, count)
    }

    private static let processors = sysconf(Int32(_SC_NPROCESSORS_ONLN))

    /// Whether the system starts as many threads as its queues use, and one more.
    private static let canUseQueues = kc_can_use_queues(Int32(clamping: processors + 1)) == 1

    /// One thread per processor that is online.
    package static let machine = ThreadBudget(processors)

    /// The smaller of this budget and `limit` threads.
    package func limited(to limit: Int) -> ThreadBudget { ThreadBudget(min(wanted, limit)) }

    /// The budget of one of two sides that run at the same time.
    package var half: ThreadBudget { ThreadBudget(wanted / 2) }
}

/// A number that no other thread has while the calling thread lives.
package func currentThreadIdentifier() -> UInt {
    #if canImport(Glibc)
        UInt(pthread_self())
    #else
        UInt(bitPattern: pthread_self())
    #endif
}
