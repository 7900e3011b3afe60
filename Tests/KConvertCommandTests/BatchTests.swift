import Foundation
import TestSupport
import Testing

/// `kconvert batch`: many models at once.
struct BatchTests {
    private static let layers = "keras2/layers"

    /// A folder `models` with three models that convert and two that do not, and the folder to write to.
    private func inFolder(_ body: (URL, URL) throws -> Void) throws {
        try Repository.withTemporaryFolder { parent in
            let models = parent.appending(path: "models")
            let inner = models.appending(path: "inner folder")
            try FileManager.default.createDirectory(at: inner, withIntermediateDirectories: true)
            func copy(_ name: String, _ target: URL) throws {
                try FileManager.default.copyItem(
                    atPath: Repository.testdata(name), toPath: target.path)
            }
            for (name, folder) in [("a", models), ("b", inner)] {
                for ending in ["json", "h5"] {
                    try copy(
                        "\(Self.layers)/conv2d/activation_relu6.\(ending)",
                        folder.appending(path: "\(name).\(ending)"))
                }
            }
            try copy("keras2/models/audio_cnn.whole.h5", models.appending(path: "a.whole.h5"))
            try Data("damaged".utf8).write(to: models.appending(path: "damaged.h5"))
            try Data("{ \"model\": \"missing.h5\" }".utf8)
                .write(to: models.appending(path: "kconvert.json"))
            try body(models, parent.appending(path: "out"))
        }
    }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: folder.path)
            .filter { $0.hasSuffix(".tflite") }.sorted()
    }

    @Test func aFolderIsConvertedInSpiteOfFailures() throws {
        try inFolder { models, output in
            let run = try CommandRun(["batch", models.path, "-o", output.path, "-j", "3"])
            #expect(run.exitCode == 1, "\(run.standardError)")
            #expect(try names(output) == ["a.tflite", "a.whole.tflite", "inner folder/b.tflite"])
            #expect(run.standardOutput.contains("3 of 5 models converted"))
            #expect(run.standardOutput.contains("✗"))
            #expect(run.standardError.contains("damaged.h5: error:"))
            let single = output.appending(path: "single.tflite")
            _ = try CommandRun([
                models.appending(path: "a.json").path, models.appending(path: "a.h5").path,
                "-o", single.path,
            ])
            #expect(
                try Data(contentsOf: single)
                    == Data(contentsOf: output.appending(path: "inner folder/b.tflite")))
        }
    }

    @Test func optionsCountForAllModels() throws {
        try inFolder { models, output in
            for name in ["damaged.h5", "kconvert.json", "a.whole.h5"] {
                try FileManager.default.removeItem(at: models.appending(path: name))
            }
            let run = try CommandRun([
                "batch", "--quantize", "float16", models.path, "-o", output.path, "--json", "-q",
                "--verify=full",
            ])
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(run.standardError.isEmpty)
            let json = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8))
            let report = try #require(json as? [String: Any])
            let rows = try #require(report["rows"] as? [[String: Any]])
            #expect(rows.map { $0["name"] as? String } == ["a.json", "inner folder/b.json"])
            for row in rows {
                let conversion = try #require(row["report"] as? [String: Any])
                let quantization = try #require(conversion["quantization"] as? [String: Any])
                #expect(quantization["mode"] as? String == "float16")
            }
        }
    }

    @Test func aListNamesModelsAndWeights() throws {
        try inFolder { models, output in
            let list = models.appending(path: "list.txt")
            try Data(
                "# two\na.json a.h5\n\ninner folder/b.json\tinner folder/b.h5\na.whole.h5\n".utf8
            )
            .write(to: list)
            let run = try CommandRun(["batch", list.path, "-o", output.path])
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(try names(output) == ["a.tflite", "a.whole.tflite", "b.tflite"])
        }
    }

    @Test func modelsOfOneNameGetFilesOfTheirOwn() throws {
        try inFolder { models, output in
            let list = models.appending(path: "list.txt")
            try Data("a.json a.h5\na.json a.h5\n".utf8).write(to: list)
            #expect(try CommandRun(["batch", list.path, "-o", output.path]).exitCode == 0)
            #expect(try names(output) == ["a.json-2.tflite", "a.json.tflite"])
        }
    }

    @Test func wrongUsageIsToldAtOnce() throws {
        try inFolder { models, output in
            let cases: [([String], Int32)] = [
                (["batch", models.path], 64),
                (["batch", "/nowhere", "-o", output.path], 74),
                (["batch", models.path, "-o", output.path, "-j", "0"], 64),
                (["batch", models.path, "-o", output.path, "--batch", "0"], 64),
                (["batch", models.path, "-o", output.path, "--depfile", "x.d"], 64),
            ]
            for (arguments, code) in cases {
                let run = try CommandRun(arguments)
                #expect(run.exitCode == code, "\(arguments): \(run.standardError)")
                #expect(!run.standardError.isEmpty)
            }
        }
    }
}
