import Foundation
import TestSupport
import Testing

/// Paths that no text holds.
struct PathTests {
    private let digits = Repository.root.appending(path: "examples/digits/digits").path

    /// Runs a line of the shell in a folder.
    private func shell(_ line: String, in folder: URL) throws -> CommandRun {
        try CommandRun(
            ["-c", "cd \"$1\"; shift; \(line)", "", folder.path]
                + [CommandRun.executable("kconvert").path, digits + ".json", digits + ".h5"],
            program: "/bin/bash")
    }

    @Test func refusesArgumentsThatAreNotText() throws {
        try Repository.withTemporaryFolder { folder in
            let run = try shell("\"$@\" -o $'m\\xff.tflite'", in: folder)
            #expect(run.exitCode == 64)
            #expect(run.standardError.contains("not valid UTF-8"), "\(run.standardError)")
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
        }
    }

    @Test func writesInFoldersAndThroughLinksThatAreNotText() throws {
        try Repository.withTemporaryFolder { folder in
            let run = try shell(
                """
                mkdir $'f\\xff' && cd $'f\\xff' && ln -s $'m\\xfe' link && echo old > $'m\\xfd' \
                && ln -s $'m\\xfd' old && "$@" -o m.tflite && "$@" -o link && "$@" -o old \
                && cmp m.tflite $'m\\xfe' && cmp m.tflite $'m\\xfd' && [ -L link ] && [ -L old ] \
                && [ "$(ls -A | wc -l)" = 5 ]
                """, in: folder)
            #expect(run.exitCode == 0, "\(run.standardError)")
        }
    }
}
