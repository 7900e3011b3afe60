import Foundation
import TestSupport
import Testing

/// The pages that follow from the sources are those that `make docs` would write.
struct DocumentationTests {
    private func page(_ name: String) throws -> String {
        let file = Repository.root.appending(path: "Documentation/\(name).md")
        return try String(contentsOf: file, encoding: .utf8)
    }

    @Test func theCommandLineIsDescribedAsItIs() throws {
        try Repository.withTemporaryFolder { folder in
            let help = folder.appending(path: "help.json")
            try CommandRun(["--experimental-dump-help"]).standardOutput
                .write(to: help, atomically: true, encoding: .utf8)
            let run = try CommandRun(["command-line", help.path], program: "documentation")
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(run.standardOutput == (try page("CommandLine")), "run 'make docs'")
            for word in ["kconvert verify", "--input-shape", "`fused`", "Default: `minmax`."] {
                #expect(run.standardOutput.contains(word), "\(word)")
            }
            let manual = try CommandRun(["manual", help.path], program: "documentation")
            let manualFile = Repository.root.appending(path: "Documentation/kconvert.1")
            #expect(
                try manual.standardOutput == String(contentsOf: manualFile, encoding: .utf8),
                "run 'make docs'")
            let schema = try CommandRun(["config-schema", help.path], program: "documentation")
            let file = Repository.root.appending(path: "Documentation/kconvert.schema.json")
            #expect(
                try schema.standardOutput == String(contentsOf: file, encoding: .utf8),
                "run 'make docs'")
        }
    }

    @Test func theVersionIsTheLatestOfTheChangelog() throws {
        let changes = try String(
            contentsOf: Repository.root.appending(path: "CHANGELOG.md"), encoding: .utf8)
        let release = try #require(
            changes.firstMatch(of: #/## \[(\d+\.\d+\.\d+)\] - \d{4}-\d\d-\d\d/#))
        let version = try CommandRun(["--version"]).standardOutput
        #expect(version.hasPrefix("\(release.1)\n"))
        let line = #/HDF5 \d+\.\d+\.\d+, json-c \d.*, zlib \d.*, libpng \d.*/#
        #expect(version.firstMatch(of: line) != nil, "\(version)")
    }

    @Test func theTableOfModulesIsThatOfThePackage() throws {
        let paths = ["Package.swift", "Documentation/Architecture.md"].map {
            Repository.root.appending(path: $0).path
        }
        let run = try CommandRun(["modules"] + paths, program: "documentation")
        #expect(run.exitCode == 0, "\(run.standardError)")
        #expect(run.standardOutput == (try page("Architecture")), "run 'make docs'")
        let rows = run.standardOutput.split(separator: "\n").filter { $0.hasPrefix("| `") }
        let folders = try FileManager.default.contentsOfDirectory(
            atPath: Repository.root.appending(path: "Sources").path)
        for folder in folders {
            #expect(rows.contains { $0.hasPrefix("| `\(folder)` | ") }, "\(folder)")
        }
        #expect(rows.allSatisfy { !$0.contains("|  |") }, "a module has no description")
    }
}
