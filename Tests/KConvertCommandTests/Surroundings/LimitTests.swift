import Foundation
import TestSupport
import Testing

/// What a system may refuse: threads, descriptors, memory.
struct LimitTests {
    private let digits = Repository.root.appending(path: "examples/digits/digits").path

    private func convert(_ limit: String, _ body: (CommandRun, URL) throws -> Void) throws {
        try Repository.withTemporaryFolder { folder in
            let output = folder.appending(path: "m.tflite")
            let run = try CommandRun(
                [digits + ".json", digits + ".h5", "-o", output.path], limit: limit)
            try body(run, output)
            let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
            #expect(left == (run.exitCode == 0 ? ["m.tflite"] : []))
        }
    }

    /// Stacks that no memory holds: the system starts no thread.
    @Test(.timeLimit(.minutes(1))) func convertsWithoutThreads() throws {
        try convert("ulimit -s 1000000000; ulimit -v 4000000") { run, _ in
            #expect(run.exitCode == 0, "\(run.standardError)")
        }
    }

    @Test(arguments: [4, 5, 6, 7])
    func tellsThatThereAreNoDescriptors(_ count: Int) throws {
        try convert("ulimit -n \(count)") { run, output in
            guard run.exitCode != 0 else { return }
            #expect(run.exitCode == 74, "\(run.standardError)")
            #expect(run.standardError.contains("Too many open files"), "\(run.standardError)")
            #expect(run.standardError.contains("digits") || run.standardError.contains("m.tflite"))
        }
    }

    /// A sound text of which no memory holds the values.
    @Test func tellsThatThereIsNoMemory() throws {
        try Repository.withTemporaryFolder { folder in
            let model = folder.appending(path: "m.json")
            let rows = [String](repeating: "[1,2,3]", count: 3_000_000).joined(separator: ",")
            try Data("{\"a\":[\(rows)]}".utf8).write(to: model)
            let run = try CommandRun(
                [
                    model.path, "-o", folder.appending(path: "m.tflite").path,
                    "--memory-limit", "64G",
                ],
                limit: "ulimit -v 500000")
            #expect(run.exitCode == 65)
            #expect(run.standardError.contains("more than fit into memory"), "\(run.standardError)")
        }
    }
}
