import Foundation
import Foundations
import TestSupport
import Testing

/// Conversions that are ended at any time, or that meet each other, leave whole files and nothing else.
@Suite(.serialized) struct InterruptionTests {
    private let model = Repository.root.appending(path: "examples/digits/digits").path

    private var files: [String] { [model + ".json", model + ".h5"] }

    /// The bytes that the conversion writes, its report, and how long it takes in seconds.
    private func whole() throws -> (model: Data, duration: Double) {
        try Repository.withTemporaryFolder { folder in
            let output = folder.appending(path: "m.tflite")
            let start = Date()
            let run = try CommandRun(files + ["-o", output.path])
            try #require(run.exitCode == 0)
            return (try Data(contentsOf: output), Date().timeIntervalSince(start))
        }
    }

    /// Signals, and whether a process can be told of them; for a file of its own, and in the place of an old one.
    @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGKILL])
    func endsAtAnyTime(_ signal: Int32) throws {
        let (expected, duration) = try whole()
        var generator = SplitMix64(seed: UInt64(signal))
        var ended = 0
        for number in 0..<12 * Campaign.factor {
            try Repository.withTemporaryFolder { folder in
                let output = folder.appending(path: "m.tflite")
                let report = folder.appending(path: "m.json")
                let old = Data("old".utf8)
                let isThere = number % 2 == 0
                if isThere { try old.write(to: output) }
                let run = try RunningCommand(
                    files + ["-o", output.path, "--report", report.path, "--quiet"])
                Thread.sleep(
                    forTimeInterval: Double.random(in: 0...1.1, using: &generator) * duration)
                run.send(signal)
                let code = run.exitCode()
                if code == nil { ended += 1 } else { #expect(code == 0) }
                let written = try? Data(contentsOf: output)
                #expect(written == expected || written == (isThere ? old : nil))
                if let text = try? Data(contentsOf: report) {
                    #expect(throws: Never.self) { try JSONSerialization.jsonObject(with: text) }
                }
                let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                let others = Set(left).subtracting(["m.tflite", "m.json"])
                #expect(signal == SIGKILL || others.isEmpty, "\(others)")
            }
        }
        #expect(ended > 0)
    }

    @Test func twoConversionsToOneFileBothSucceed() throws {
        let (expected, _) = try whole()
        for number in 0..<10 * Campaign.factor {
            try Repository.withTemporaryFolder { folder in
                let output = folder.appending(path: "m.tflite")
                if number % 2 == 0 { try Data("old".utf8).write(to: output) }
                let runs = try (0..<2).map { _ in
                    try RunningCommand(files + ["-o", output.path, "--quiet"])
                }
                #expect(runs.map { $0.exitCode() } == [0, 0])
                #expect(try Data(contentsOf: output) == expected)
                let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(left == ["m.tflite"])
            }
        }
    }
}
