import Foundation
import TestSupport
import Testing

/// The command as users and scripts meet it.
struct CommandTests {
    private let model = Repository.testdata("keras2/layers/conv2d/activation_relu6.json")
    private let weights = Repository.testdata("keras2/layers/conv2d/activation_relu6.h5")

    private func inFolder(_ body: (String) throws -> Void) throws {
        try Repository.withTemporaryFolder { try body($0.appending(path: "m.tflite").path) }
    }

    @Test func convertsWithNothingOnStandardOutput() throws {
        try inFolder { output in
            let run = try CommandRun([model, weights, "-o", output])
            #expect(run.exitCode == 0)
            #expect(run.standardOutput.isEmpty)
            #expect(run.standardError.contains("verified"))
            #expect(run.standardError.contains("x0"))
            let bytes = try Data(contentsOf: URL(filePath: output))
            #expect(bytes.dropFirst(4).prefix(4) == Data("TFL3".utf8))
        }
    }

    @Test(arguments: [[], ["--verbose"], ["--verify", "full"], ["--verify", "off"]])
    func optionsAreReadAloneAsTheyAreWithOthers(_ options: [String]) throws {
        try inFolder { output in
            let results = try [[], ["--rnn", "auto"]].map { others in
                let run = try CommandRun([model, weights, "-o", output] + options + others)
                let bytes = try Data(contentsOf: URL(filePath: output))
                return (bytes, run.standardError.filter { !$0.isNumber && $0 != "." })
            }
            #expect(results[0].0 == results[1].0)
            #expect(results[0].1 == results[1].1)
        }
    }

    @Test func quietPrintsNothing() throws {
        try inFolder { output in
            let run = try CommandRun([model, weights, "-o", output, "--quiet"])
            #expect(run.exitCode == 0)
            #expect(run.standardOutput.isEmpty && run.standardError.isEmpty)
        }
    }

    @Test func reportIsJSON() throws {
        try inFolder { output in
            let run = try CommandRun([model, weights, "-o", output, "--report", "-", "--quiet"])
            #expect(run.exitCode == 0)
            let json = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8))
            let report = try #require(json as? [String: Any])
            #expect((report["operators"] as? [Any])?.isEmpty == false)
            #expect((report["passes"] as? [Any])?.isEmpty == false)
            #expect(report["verification"] != nil)
        }
    }

    @Test func noOutputReplacesAnInput() throws {
        try inFolder { output in
            let folder = URL(filePath: output).deletingLastPathComponent()
            let copy = folder.appending(path: "model.h5").path
            let link = folder.appending(path: "link.h5").path
            try FileManager.default.copyItem(atPath: weights, toPath: copy)
            try FileManager.default.createSymbolicLink(
                atPath: link, withDestinationPath: "model.h5")
            let before = try Data(contentsOf: URL(filePath: copy))
            let commands = [
                [model, copy, "-o", copy], [model, copy, "-o", link], [model, link, "-o", copy],
                [model, copy, "-o", output, "--report", link],
                [model, copy, "-o", output, "--report", output],
                ["verify", model, weights, copy, "--html", copy],
            ]
            for command in commands {
                let run = try CommandRun(command)
                #expect(run.exitCode == 64, "\(command)")
                #expect(run.standardError.contains("Choose another path"), "\(command)")
            }
            #expect(try Data(contentsOf: URL(filePath: copy)) == before)
            #expect(!FileManager.default.fileExists(atPath: output))
        }
    }

    @Test func bytesDependOnNothingButTheModel() throws {
        try inFolder { first in
            try inFolder { second in
                _ = try CommandRun([model, weights, "-o", first])
                _ = try CommandRun([model, weights, "-o", second, "--verify", "off"])
                let bytes = try [first, second].map { try Data(contentsOf: URL(filePath: $0)) }
                #expect(bytes[0] == bytes[1])
            }
        }
    }

    @Test func exitCodesTellTheKindOfFault() throws {
        try inFolder { output in
            let lambda = URL(filePath: output).deletingLastPathComponent()
                .appending(path: "lambda.json")
            try String(contentsOfFile: model, encoding: .utf8)
                .replacingOccurrences(of: "\"Conv2D\"", with: "\"Lambda\"")
                .write(to: lambda, atomically: true, encoding: .utf8)
            let cases: [([String], Int32)] = [
                ([], 64),
                (["--no-such-option"], 64),
                ([model, weights, "-o", output, "--no-pass", "fold-everything"], 64),
                ([weights, model, "-o", output, "--batch", "0"], 64),
                ([Repository.testdata("malformed/make.py"), weights, "-o", output], 65),
                ([lambda.path, weights, "-o", output], 69),
                (["/nowhere/model.h5", "-o", output], 74),
                ([model, weights, "-o", "/nowhere/model.tflite"], 74),
            ]
            for (arguments, code) in cases {
                let run = try CommandRun(arguments)
                #expect(run.exitCode == code, "\(arguments): \(run.standardError)")
                #expect(run.standardOutput.isEmpty)
                #expect(!run.standardError.isEmpty)
            }
        }
    }

    @Test func failedVerificationLeavesTheOldFile() throws {
        try inFolder { output in
            try Data("old".utf8).write(to: URL(filePath: output))
            let other = Repository.testdata("keras2/layers/conv2d/activation_tanh.npz")
            let run = try CommandRun([
                model, weights, "-o", output, "--data", other, "--batch", "2",
            ])
            #expect(run.exitCode == 70, "\(run.standardError)")
            #expect(run.standardError.contains("output"))
            #expect(try Data(contentsOf: URL(filePath: output)) == Data("old".utf8))
        }
    }

    @Test func recordedDataAreChecked() throws {
        try inFolder { output in
            let data = Repository.testdata("keras2/layers/conv2d/activation_relu6.npz")
            let run = try CommandRun([model, weights, "-o", output, "--data", data])
            #expect(run.exitCode == 0, "\(run.standardError)")
        }
    }

    @Test func inspectsFilesOfBothKinds() throws {
        try inFolder { output in
            _ = try CommandRun([model, weights, "-o", output])
            let file = try CommandRun(["inspect", output])
            #expect(file.exitCode == 0)
            #expect(file.standardOutput.contains("CONV_2D"))
            #expect(file.standardOutput.contains("1×6×7×4"))
            let keras = try CommandRun(["inspect", model, weights])
            #expect(keras.exitCode == 0, "\(keras.standardError)")
            #expect(keras.standardOutput.contains("Conv2D"))
            #expect(keras.standardOutput.contains("112 parameters"))
        }
    }

    @Test func listsPasses() throws {
        let run = try CommandRun(["--list-passes"])
        #expect(run.exitCode == 0)
        #expect(run.standardOutput.split(separator: "\n").count > 20)
    }
}
