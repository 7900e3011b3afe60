import Problems

/// The files that the process has read, which none of its outputs may replace.
package enum ReadFiles {
    /// The paths of the files as they were named; nil as long as nothing is protected.
    private static let paths = Locked<[FileIdentity: String]?>(nil)

    /// From now on, no `OutputFile` replaces a file that has been mapped before, under whatever name.
    package static func protect() {
        paths.withLock { $0 = $0 ?? [:] }
    }

    static func note(_ file: FileIdentity, path: String) {
        paths.withLock { $0?[file] = path }
    }

    /// Refuses an output that is a file that has been read.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` with both paths.
    static func check(_ file: FileIdentity, output: String, inputs: [String] = []) throws {
        let input = inputs.first { FileIdentity(path: $0) == file }
        guard let input = input ?? paths.withLock({ $0?[file] }) else { return }
        throw Problem(
            .invalidArgument(
                "the output '\(output)' is the input '\(input)'",
                remedy: "Choose another path for the output."))
    }
}
