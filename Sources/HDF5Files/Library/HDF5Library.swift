import CHDF5
import Foundations
import Problems

/// The way into libhdf5, which is entered by one thread at a time.
enum HDF5Library {
    /// Runs `body` while no other thread is inside libhdf5.
    ///
    /// May be nested. libhdf5 keeps errors per thread, so its own reports are switched off at each entry.
    static func locked<Result>(_ body: () throws -> Result) rethrows -> Result {
        pthread_mutex_lock(lock.mutex)
        defer { pthread_mutex_unlock(lock.mutex) }
        kc_H5E_silence()
        return try body()
    }

    /// Runs `body` on an identifier that libhdf5 just gave out, then gives it back.
    ///
    /// - Throws: `problem` if the identifier is invalid, that is, the call that gave it failed.
    static func using<Result>(
        _ identifier: hid_t, _ close: (hid_t) -> herr_t, else problem: @autoclosure () -> Problem,
        _ body: (hid_t) throws -> Result
    ) throws -> Result {
        guard identifier >= 0 else { throw problem() }
        defer { _ = close(identifier) }
        return try body(identifier)
    }

    /// What libhdf5 says about the last call, which failed.
    static var errorText: String {
        kc_H5E_text().map { String(cString: $0) } ?? "damaged structure"
    }

    /// Properties for opening by path that keep to the file: links into other files fail.
    static let linkAccess: hid_t = locked {
        let properties = H5Pcreate(kc_H5P_LINK_ACCESS())
        kc_H5P_refuse_external_links(properties)
        return properties
    }

    private static let lock = RecursiveLock()

    private final class RecursiveLock: @unchecked Sendable {
        let mutex: UnsafeMutablePointer<pthread_mutex_t>

        init() {
            mutex = .allocate(capacity: 1)
            var attributes = pthread_mutexattr_t()
            pthread_mutexattr_init(&attributes)
            pthread_mutexattr_settype(&attributes, Int32(PTHREAD_MUTEX_RECURSIVE))
            pthread_mutex_init(mutex, &attributes)
            pthread_mutexattr_destroy(&attributes)
        }
    }
}
