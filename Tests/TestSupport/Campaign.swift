import Foundation

/// How long tests of random input run.
package enum Campaign {
    /// How many times as many cases as in `make test` are tried: 20 in `make test-long`, which sets `KCONVERT_LONG`.
    package static let factor =
        ProcessInfo.processInfo.environment["KCONVERT_LONG"] == nil ? 1 : 20
}
