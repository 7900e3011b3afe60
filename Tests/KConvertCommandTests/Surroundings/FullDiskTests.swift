import Foundation
import TestSupport
import Testing

/// Disks without room: an error that names the file, and whatever was there before is still there.
struct FullDiskTests {
    private let digits = Repository.root.appending(path: "examples/digits/digits").path

    /// Limits of the size of a file, in units of 1024 bytes; the file that is written has 28.
    @Test(arguments: [0, 1, 2, 5, 12, 20, 27])
    func leavesTheOldFile(_ limit: Int) throws {
        try Repository.withTemporaryFolder { folder in
            let output = folder.appending(path: "m.tflite")
            for old in [Data("old".utf8), nil] as [Data?] {
                try? FileManager.default.removeItem(at: output)
                try old?.write(to: output)
                let run = try CommandRun(
                    [digits + ".json", digits + ".h5", "-o", output.path], blockLimit: limit)
                #expect(run.exitCode == 74, "\(run.standardError)")
                if limit > 1 { #expect(run.standardError.contains("m.tflite")) }
                #expect((try? Data(contentsOf: output)) == old)
                let left = try FileManager.default.contentsOfDirectory(atPath: folder.path)
                #expect(left == (old == nil ? [] : ["m.tflite"]))
            }
        }
    }

    @Test func tellsThatStandardOutputIsFull() throws {
        try Converted.with("examples/digits/digits") { digits in
            let page = digits.path("page.html")
            let commands = [
                ["inspect", digits.model], ["inspect", digits.model, "--json"],
                ["bench", digits.model, "--runs", "1"],
            ]
            for command in commands {
                let run = try CommandRun(command, standardOutput: "/dev/full")
                #expect(run.exitCode == 74, "\(command): \(run.standardError)")
                #expect(run.standardError.contains("standard output"), "\(run.standardError)")
            }
            let files = [digits.stem + ".json", digits.stem + ".h5"]
            let report = try CommandRun(
                files + ["-o", digits.path("b.tflite"), "--report", "/dev/full"])
            #expect(report.exitCode == 74)
            #expect(report.standardError.contains("/dev/full"), "\(report.standardError)")
            let html = try CommandRun(
                ["verify"] + files + [digits.model, "--html", page], blockLimit: 1)
            #expect(html.exitCode == 74)
            #expect(html.standardError.contains("page.html"), "\(html.standardError)")
            #expect(!FileManager.default.fileExists(atPath: page))
        }
    }
}
