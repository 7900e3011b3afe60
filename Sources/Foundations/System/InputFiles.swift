import Problems

/// The files that a piece of work reads, kept to be checked before its result counts.
package final class InputFiles: Sendable {
    private let checks = Locked<[@Sendable () throws -> Void]>([])

    package init() {}

    /// Notes a file, which stays mapped, also in the current budget.
    package func add(_ file: MappedFile) {
        ResourceBudget.current.addInput(byteCount: file.bytes.count)
        add { try file.confirm() }
    }

    /// Notes something else that has to hold in the end.
    package func add(_ check: @escaping @Sendable () throws -> Void) {
        checks.withLock { $0.append(check) }
    }

    /// Checks that nothing has changed the files since they were opened.
    ///
    /// - Throws: `Problem.Kind.fileChanged`, and what other checks throw.
    package func confirm() throws {
        for check in checks.withLock({ $0 }) { try check() }
    }

    /// Runs `body`; if it fails and a file is at fault that has changed meanwhile, that is the error.
    package func confirming<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch {
            try confirm()
            throw error
        }
    }
}

extension MappedFile {
    /// The result of reading a file that is not kept; errors name the file.
    ///
    /// - Throws: `Problem.Kind.fileAccess`, `fileChanged` if the file changed meanwhile, and what `read` throws.
    package static func reading<Result>(
        _ path: String, _ read: (MappedFile) throws -> Result
    ) throws -> Result {
        let file = try MappedFile(path: path)
        let inputs = InputFiles()
        inputs.add(file)
        let result = try inputs.confirming { try locating(file: path) { try read(file) } }
        try inputs.confirm()
        return result
    }
}
