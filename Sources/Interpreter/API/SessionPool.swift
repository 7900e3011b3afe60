import Foundations
import Tensors

/// Sessions that wait for their next use, shared by threads.
final class SessionPool: Sendable {
    private let sessions = Locked<[LiteSession]>([])

    /// A waiting session, or nil if there is none.
    func take() -> LiteSession? {
        sessions.withLock { $0.popLast() }
    }

    /// Lets a session wait for its next use.
    func put(_ session: LiteSession) {
        sessions.withLock { $0.append(session) }
    }
}
