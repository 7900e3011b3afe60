import Foundation
import TestSupport
import Testing

/// The options of conversions that are steps of a build.
struct BuildOptionsTests {
    private static let stem = "keras2/layers/conv2d/activation_relu6"

    /// A folder with a space in its name that holds the recorded model as `m.json` and `m.h5`.
    private func inFolder(_ body: (URL) throws -> Void) throws {
        try Repository.withTemporaryFolder { parent in
            let folder = parent.appending(path: "my models")
            try FileManager.default.createDirectory(
                at: folder, withIntermediateDirectories: false)
            for ending in ["json", "h5"] {
                try FileManager.default.copyItem(
                    atPath: Repository.testdata("\(Self.stem).\(ending)"),
                    toPath: folder.appending(path: "m.\(ending)").path)
            }
            try body(folder)
        }
    }

    private func bytes(_ folder: URL, _ name: String) throws -> Data {
        try Data(contentsOf: folder.appending(path: name))
    }

    private func write(_ text: String, _ folder: URL, _ name: String) throws -> String {
        let file = folder.appending(path: name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    @Test func withoutOutputTheFileIsBesideTheModel() throws {
        try inFolder { folder in
            let model = [
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
            ]
            let first = try CommandRun(model)
            #expect(first.exitCode == 0, "\(first.standardError)")
            let output = folder.appending(path: "m.tflite").path
            #expect(first.standardError.contains("the file is \(output)"))
            #expect(try CommandRun(model).exitCode == 0, "its own file is replaced")

            try Data("of somebody else".utf8).write(to: URL(filePath: output))
            let refused = try CommandRun(model)
            #expect(refused.exitCode == 64)
            #expect(refused.standardError.contains("-o \(output)"))
            #expect(try bytes(folder, "m.tflite") == Data("of somebody else".utf8))
        }
    }

    @Test func aFileOfAnotherConverterIsNotReplaced() throws {
        try inFolder { folder in
            let model = [
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
            ]
            _ = try CommandRun(model)
            let output = folder.appending(path: "m.tflite")
            let changed = try Data(contentsOf: output).map { $0 }
            let text = Array("Converted by kconvert.".utf8)
            let place = try #require(
                changed.indices.first { changed[$0...].starts(with: text) })
            var other = changed
            other.replaceSubrange(place..<place + 14, with: Array("MLIR Converted".utf8))
            try Data(other).write(to: output)
            #expect(try CommandRun(model).exitCode == 64)
            #expect(try Data(contentsOf: output) == Data(other))
        }
    }

    @Test func standardOutputTakesTheFile() throws {
        try inFolder { folder in
            let model = [
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
            ]
            let output = folder.appending(path: "m.tflite").path
            _ = try CommandRun(model + ["-o", output])
            let copy = folder.appending(path: "copy.tflite").path
            let run = try CommandRun(model + ["-o", "-"], standardOutput: "'\(copy)'")
            #expect(run.exitCode == 0)
            #expect(run.standardError.contains("verified"))
            #expect(try bytes(folder, "copy.tflite") == bytes(folder, "m.tflite"))
            #expect(try CommandRun(model + ["-o", "-", "--report", "-"]).exitCode == 64)
            let full = try CommandRun(model + ["-o", "-"], standardOutput: "/dev/full")
            #expect(full.exitCode == 74)
        }
    }

    @Test func theDependencyRuleNamesEveryFileThatIsRead() throws {
        try inFolder { folder in
            let samples = folder.appending(path: "sam$ples")
            try FileManager.default.createDirectory(
                at: samples, withIntermediateDirectories: false)
            try FileManager.default.copyItem(
                atPath: Repository.root.appending(path: "examples/digits/samples/digit_3.png").path,
                toPath: samples.appending(path: "a#1.png").path)
            let config = try write(
                """
                { "model": "digits.json", "weights": "digits.h5", "output": "d.tflite",
                  "quantize": "int8", "samples": "sam$ples", "std": 16, "depfile": "d.d" }
                """, folder, "k.json")
            for ending in ["json", "h5"] {
                try FileManager.default.copyItem(
                    at: Repository.root.appending(path: "examples/digits/digits.\(ending)"),
                    to: folder.appending(path: "digits.\(ending)"))
            }
            let run = try CommandRun(["--config", config, "--force"])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let base = folder.path.replacingOccurrences(of: " ", with: "\\ ")
            let expected = ["k.json", "digits.json", "digits.h5", "sam$$ples/a\\#1.png"]
                .map { "\(base)/\($0)" }
            let rule = String(decoding: try bytes(folder, "d.d"), as: UTF8.self)
            #expect(
                rule == "\(base)/d.tflite: \\\n  \(expected.joined(separator: " \\\n  "))\n")

            let make = try write("include d.d\n", folder, "Makefile")
            #expect(
                try CommandRun(
                    ["-q", "-f", make, "-C", folder.path, folder.path + "/d.tflite"],
                    program: "/usr/bin/make"
                ).exitCode == 0 || !hasMake)
        }
    }

    private var hasMake: Bool { FileManager.default.fileExists(atPath: "/usr/bin/make") }

    @Test func upToDateTellsWhetherTheOutputIsCurrent() throws {
        try inFolder { folder in
            let output = folder.appending(path: "m.tflite").path
            let command = [
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
                "-o", output,
            ]
            let missing = try CommandRun(command + ["--up-to-date"])
            #expect(missing.exitCode == 1)
            #expect(missing.standardError.contains("missing"))
            _ = try CommandRun(command)
            #expect(try CommandRun(command + ["--up-to-date"]).exitCode == 0)

            let other = try CommandRun(command + ["--up-to-date", "--quantize", "float16"])
            #expect(other.exitCode == 1)
            var damaged = try bytes(folder, "m.tflite")
            damaged[damaged.count - 1] ^= 1
            try damaged.write(to: URL(filePath: output))
            let differs = try CommandRun(command + ["--up-to-date"])
            #expect(differs.exitCode == 1)
            #expect(differs.standardError.contains("from byte \(damaged.count - 1) on"))
            #expect(try bytes(folder, "m.tflite") == damaged)
            #expect(
                try CommandRun(["/nowhere.h5", "-o", output, "--up-to-date"]).exitCode == 74)
        }
    }

    @Test func aFileOfOptionsSaysTheSameAsTheCommandLine() throws {
        try inFolder { folder in
            let config = try write(
                """
                { "model": "m.json", "weights": "m.h5", "output": "a.tflite", "batch": 3,
                  "no-pass": ["fold-constants"], "input-shape": { "x0": [3, 6, 7, 3] },
                  "bias-correction": false, "dynamic-batch": false, "quantize": "float16",
                  "report": "r.json", "$schema": "any" }
                """, folder, "kconvert.json")
            let run = try CommandRun(["convert", "--config", config, "-q"])
            try #require(run.exitCode == 0, "\(run.standardError)")
            let model = [
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
            ]
            let output = folder.appending(path: "b.tflite").path
            let options = [
                "--batch", "3", "--no-pass", "fold-constants", "--quantize", "float16",
            ]
            _ = try CommandRun(model + ["-o", output] + options)
            #expect(try bytes(folder, "a.tflite") == bytes(folder, "b.tflite"))
            #expect(try !bytes(folder, "r.json").isEmpty)

            // The command line counts more, and its model replaces both files.
            let replaced = try CommandRun(
                ["--config=\(config)", "-o", output, "--batch", "2"] + model)
            #expect(replaced.exitCode == 0, "\(replaced.standardError)")
            let shape = ["--input-shape", "x0=3,6,7,3", "--batch", "2"]
            let third = folder.appending(path: "c.tflite").path
            _ = try CommandRun(model + ["-o", third] + options.dropFirst(2) + shape)
            #expect(try bytes(folder, "b.tflite") == bytes(folder, "c.tflite"))
            #expect(
                try CommandRun(["--config", config, "/nowhere/x.h5", "-q"]).exitCode == 74)
        }
    }

    @Test func mistakesInAFileOfOptionsAreNamed() throws {
        try inFolder { folder in
            let cases = [
                ("{ \"quantise\": \"int8\" }", "the nearest name is 'quantize'"),
                ("{ \"inputShape\": {} }", "the nearest name is 'input-shape'"),
                ("{ \"config\": \"a.json\" }", "there is no option 'config'"),
                ("{ \"batch\": true }", "'batch' has to be"),
                ("{ \"dynamic-batch\": 1 }", "'dynamic-batch' has to be true or false"),
                ("{ \"model\": \"m.json\", \"batch\": \"x\" }", "--batch"),
                ("{ \"model\": ", "this is not valid JSON"),
                ("[]", "this is not a JSON object of options"),
            ]
            for (text, message) in cases {
                let config = try write(text, folder, "kconvert.json")
                let run = try CommandRun(["--config", config])
                #expect(run.exitCode == 64, "\(text)")
                #expect(run.standardError.contains(message), "\(text): \(run.standardError)")
            }
            #expect(try CommandRun(["--config", "/nowhere.json"]).exitCode == 74)
            #expect(try CommandRun(["--config"]).exitCode == 64)
        }
    }

    @Test func swiftCodeNamesInputsAndOutputs() throws {
        try inFolder { folder in
            let output = folder.appending(path: "my-model 2.tflite").path
            let code = folder.appending(path: "model.swift")
            let run = try CommandRun([
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
                "-o", output, "--emit-swift", code.path, "--batch", "3",
            ])
            try #require(run.exitCode == 0, "\(run.standardError)")
            let text = try String(contentsOf: code, encoding: .utf8)
            #expect(text.contains("public struct MyModel2: Sendable"))
            #expect(text.contains("/// `x0`: 3×6×7×3 of float32."))
            #expect(text.contains("public var x0: [Float]"))
            #expect(text.contains("LiteTensor(input.x0, shape: [input.x0.count / 126, 6, 7, 3])"))
            #expect(text.contains("forResource: \"my-model 2\""))
            let named = try CommandRun([
                folder.appending(path: "m.json").path, folder.appending(path: "m.h5").path,
                "-o", output, "--emit-swift", code.path, "--swift-name", "Other", "-q",
            ])
            #expect(named.exitCode == 0)
            #expect(try String(contentsOf: code, encoding: .utf8).contains("struct Other:"))
        }
    }
}
