import Foundation
import TFLiteFormat
import TestSupport
import Testing

/// `kconvert verify` and `kconvert bench`.
struct VerifyTests {
    private let digits = "examples/digits/digits"

    private func verify(_ model: Converted, _ options: [String] = []) throws -> CommandRun {
        try CommandRun(
            ["verify", model.stem + ".json", model.stem + ".h5", model.model] + options)
    }

    /// Makes the middle weight of the operator that makes the tensor `name` wrong.
    private func damage(_ model: Converted, output name: String) throws {
        let file = try TFLiteReader.read(path: model.model)
        let graph = file.subgraphs[0]
        let node = try #require(
            graph.operators.first { graph.tensors[$0.outputs[0]].name == name })
        let weights = try withExtendedLifetime(file) {
            let source = file.buffers[graph.tensors[node.inputs[1]].buffer].source
            return Data(try #require(source?.contiguousBytes))
        }
        var bytes = try Data(contentsOf: URL(filePath: model.model))
        let place = try #require(bytes.range(of: weights))
        let middle = place.lowerBound + weights.count / 8 * 4
        withUnsafeBytes(of: Float(50)) { bytes.replaceSubrange(middle..<middle + 4, with: $0) }
        try bytes.write(to: URL(filePath: model.model))
    }

    @Test func rightFilesPass() throws {
        try Converted.with(digits) { model in
            let run = try verify(model, ["--per-layer"])
            #expect(run.exitCode == 0, "\(run.standardError)")
            #expect(run.standardOutput.contains("computes the same"))
            for column in ["largest error", "of the spread", "cosine", "SQNR"] {
                #expect(run.standardOutput.contains(column))
            }
            #expect(run.standardOutput.contains("block2_relu"))
            #expect(!run.standardOutput.contains("first divergence"))
            let data = Repository.root.appending(path: "examples/digits/test.npz").path
            let recorded = try verify(model, ["--data", data])
            #expect(recorded.exitCode == 0, "\(recorded.standardError)")
            #expect(recorded.standardOutput.contains("test.npz"))
        }
    }

    @Test(arguments: ["stem_relu", "block2_relu", "digit/fullyConnected"])
    func theFirstDamagedLayerIsNamed(tensor: String) throws {
        try Converted.with(digits) { model in
            try damage(model, output: tensor)
            let layer = String(tensor.split(separator: "/")[0])
            let page = model.path("page.html")
            let run = try verify(model, ["--per-layer", "--html", page])
            #expect(run.exitCode == 70)
            #expect(run.standardOutput.contains("starting at layer '\(layer)'"))
            let marked = run.standardOutput.split(separator: "\n").filter {
                $0.contains("first divergence")
            }
            #expect(marked.count == 1 && marked[0].hasPrefix(layer))
            let html = try String(contentsOfFile: page, encoding: .utf8)
            #expect(html.contains("class=\"first diverging\"><td>\(layer)</td>"))
            #expect(html.components(separatedBy: "class=\"first").count == 2)
        }
    }

    @Test func jsonTellsTheSame() throws {
        try Converted.with(digits) { model in
            let good = try report(try verify(model, ["--json"]))
            #expect(good["isPassed"] as? Bool == true)
            #expect(good["firstDivergingLayer"] == nil)
            try damage(model, output: "block2_relu")
            let run = try verify(model, ["--json"])
            #expect(run.exitCode == 70)
            let bad = try report(run)
            #expect(bad["isPassed"] as? Bool == false)
            #expect(bad["firstDivergingLayer"] as? String == "block2_relu")
            let layers = try #require(bad["layers"] as? [[String: Any]])
            let names = layers.compactMap { $0["name"] as? String }
            let position = try #require(names.firstIndex(of: "block2_relu"))
            #expect(layers[..<position].allSatisfy { $0["isDiverging"] as? Bool == false })
            #expect(layers[position]["isDiverging"] as? Bool == true)
            #expect(try #require(layers[position]["signalToNoise"] as? Double) < 60)
            #expect(try #require(layers[position]["cosine"] as? Double) < 1)
            #expect(try #require(layers[position]["relativeError"] as? Double) > 1e-3)
        }
    }

    @Test func filesOfOtherModelsAreRefused() throws {
        try Converted.with("testdata/layers/dense/activation_elu") { model in
            let other = Repository.root.appending(path: digits).path
            let run = try CommandRun(["verify", other + ".json", other + ".h5", model.model])
            #expect(run.exitCode == 64, "\(run.exitCode) \(run.standardError)")
            #expect(!run.standardError.isEmpty)
        }
    }

    @Test func benchTellsTimesAndMemory() throws {
        try Converted.with(digits) { model in
            let arguments = ["bench", model.model, "--runs", "5", "--per-op"]
            let text = try CommandRun(arguments)
            #expect(text.exitCode == 0, "\(text.standardError)")
            for word in ["load", "min", "median", "p99", "GFLOP/s", "arena", "CONV_2D"] {
                #expect(text.standardOutput.contains(word), "\(text.standardOutput)")
            }
            let json = try report(try CommandRun(arguments + ["--json", "--threads", "2"]))
            let value = { (key: String) in try #require(json[key] as? Double) }
            #expect(try value("runs") == 5 && value("threads") == 2)
            let times = try ["minimum", "median", "percentile99"].map(value)
            #expect(times[0] > 0 && times == times.sorted())
            #expect(try value("load") > 0 && value("gigaflops") > 0 && value("arenaBytes") > 0)
            let operators = try #require(json["operators"] as? [[String: Any]])
            #expect(operators.count == 12)
            let seconds = operators.compactMap { $0["seconds"] as? Double }
            #expect(seconds.count == 12 && seconds.reduce(0, +) < 100 * times[1])
            let convolution = try #require(operators.first { $0["name"] as? String == "stem_relu" })
            #expect(convolution["kind"] as? String == "CONV_2D v1")
            #expect(try #require(convolution["gigaflops"] as? Double) > 0)
        }
    }

    @Test(arguments: [["--runs", "0"], ["--threads", "0"]])
    func benchRefusesSenselessNumbers(options: [String]) throws {
        #expect(try CommandRun(["bench", "model.tflite"] + options).exitCode == 64)
    }

    private func report(_ run: CommandRun) throws -> [String: Any] {
        let json = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8))
        return try #require(json as? [String: Any])
    }
}
