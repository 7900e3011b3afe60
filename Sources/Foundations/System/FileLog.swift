/// The files that a piece of work has opened, for build systems that have to know them.
package final class FileLog: Sendable {
    /// The log of the present work; nil if nobody wants to know.
    @TaskLocal package static var current: FileLog?

    private struct State {
        var paths: [String] = []
        var known: Set<String> = []
    }

    private let state = Locked(State())

    package init() {}

    /// Notes a file by its path, as the work names it.
    package func add(_ path: String) {
        state.withLock { if $0.known.insert(path).inserted { $0.paths.append(path) } }
    }

    /// The paths of all files, in the order in which they were opened first.
    package var paths: [String] { state.withLock { $0.paths } }

    /// Runs `body` with this as the current log.
    package func recording<Result>(_ body: () throws -> Result) rethrows -> Result {
        try Self.$current.withValue(self, operation: body)
    }
}
