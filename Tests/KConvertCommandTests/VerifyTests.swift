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
        try damage(model.model) { $0 == name }
    }

    /// Makes the middle weight of the operator whose tensor is wanted wrong.
    private func damage(_ path: String, isWanted: (String) -> Bool) throws {
        let file = try TFLiteReader.read(path: path)
        let graph = file.subgraphs[0]
        let node = try #require(
            graph.operators.first { isWanted(graph[$0.outputs[0]].name) })
        let weights = try withExtendedLifetime(file) {
            let source = file.source(of: graph[node.inputs[1]])
            return Data(try #require(source?.contiguousBytes))
        }
        var bytes = try Data(contentsOf: URL(filePath: path))
        let place = try #require(bytes.range(of: weights))
        let middle = place.lowerBound + weights.count / 8 * 4
        withUnsafeBytes(of: Float(50)) { bytes.replaceSubrange(middle..<middle + 4, with: $0) }
        try bytes.write(to: URL(filePath: path))
    }

    /// What the command says of a file of another converter and its model, in `testdata`.
    private func verifyOther(
        _ model: String, _ file: String? = nil, _ options: [String] = []
    ) throws -> CommandRun {
        let stem = Repository.testdata(model)
        let name = model.split(separator: "/").joined(separator: "_")
        return try CommandRun(
            [
                "verify", stem + ".json", stem + ".h5",
                file ?? Repository.testdata("tflite/networks/\(name).tflite"),
            ] + options)
    }

    @Test(arguments: [
        ("keras2/models/audio_cnn", ["re_lu", "max_pooling2d", "re_lu_1", "dense"]),
        ("keras2/operators/arithmetic/backend", ["tf.math.add", "tf.math.square", "tf.math.sqrt"]),
        ("keras2/layers/concatenate/eleven_inputs", ["concatenate"]),
        ("keras2/layers/lstm/two_layers", ["lstm", "lstm_1"]),
    ])
    func layersOfOtherConvertersAreFound(model: String, layers: [String]) throws {
        let run = try verifyOther(model, nil, ["--json"])
        #expect(run.exitCode == 0, "\(run.standardOutput) \(run.standardError)")
        let rows = try #require(try report(run)["layers"] as? [[String: Any]])
        let errors = Dictionary(
            uniqueKeysWithValues: rows.map {
                ($0["name"] as? String, $0["relativeError"] as? Double)
            })
        for layer in layers {
            #expect(try #require(errors[layer] ?? nil, "\(layer)") < 1e-5)
        }
        #expect(rows.allSatisfy { $0["isDiverging"] as? Bool == false })
    }

    @Test(arguments: [("re_lu_1/Relu", "re_lu_1"), ("re_lu/Relu", "re_lu")])
    func damagedLayersOfOtherConvertersAreNamed(tensor: String, layer: String) throws {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "m.tflite")
            let source = Repository.testdata("tflite/networks/keras2_models_audio_cnn.tflite")
            try FileManager.default.copyItem(at: URL(filePath: source), to: file)
            try damage(file.path) { $0.contains("/\(tensor)") }
            let run = try verifyOther("keras2/models/audio_cnn", file.path, ["--per-layer"])
            #expect(run.exitCode == 70)
            #expect(run.standardOutput.contains("starting at layer '\(layer)'"), "\(run)")
            #expect(run.standardOutput.contains("which holds 'conv2d"), "\(run)")
            #expect(run.standardOutput.contains("Compared: 6 of 10 layers"), "\(run)")
        }
    }

    @Test func layersOfKeras3AreNamedInFilesOfOtherConverters() throws {
        try Repository.withTemporaryFolder { folder in
            let file = folder.appending(path: "m.tflite")
            let source = Repository.testdata("tflite/networks/keras3_models_cut_out.tflite")
            try FileManager.default.copyItem(at: URL(filePath: source), to: file)
            let model = Repository.testdata("keras3/models/cut_out.keras")
            let good = try CommandRun(["verify", model, file.path, "--per-layer"])
            #expect(good.exitCode == 0 && good.standardOutput.contains("\nre_lu "), "\(good)")
            try damage(file.path) { $0.contains("/batch_normalization") }
            let bad = try CommandRun(["verify", model, file.path])
            #expect(bad.exitCode == 70)
            #expect(
                bad.standardOutput.contains("starting at layer 'batch_normalization'"), "\(bad)")
        }
    }

    @Test func stateOfAFileIsNoted() throws {
        let run = try verifyOther("keras2/layers/lstm/two_layers")
        #expect(run.standardOutput.contains("note: the file keeps state"), "\(run)")
        let other = try verifyOther("keras2/models/audio_cnn")
        #expect(!other.standardOutput.contains("note:"))
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
            #expect(html.contains("class=\"bad marked\"><td>\(layer)<small>"))
            #expect(html.components(separatedBy: "class=\"bad marked").count == 2)
            #expect(html.components(separatedBy: "class=\"bar bad start\"").count == 2)
            #expect(html.contains("title=\"\(layer): "))
            #expect(html.contains("verdict failed") && !html.contains("verdict passed"))
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
        try Converted.with("testdata/keras2/layers/dense/activation_elu") { model in
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
            #expect(seconds.count == 12 && seconds.allSatisfy { $0 > 0 })
            let convolution = try #require(operators.first { $0["name"] as? String == "stem_relu" })
            #expect(convolution["kind"] as? String == "CONV_2D v1")
            #expect(try #require(convolution["gigaflops"] as? Double) > 0)
        }
    }

    @Test(arguments: ["fused", "while"])
    func workOfRecurrentFormsIsCounted(form: String) throws {
        try Converted.with("testdata/keras2/layers/lstm/sequence", options: ["--rnn", form]) {
            model in
            let run = try CommandRun(["inspect", model.model, "--json"])
            let inspection = try report(run)
            let keras = try report(
                try CommandRun(["inspect", model.stem + ".json", model.stem + ".h5", "--json"]))
            let expected = try #require(keras["multiplyAccumulates"] as? Int)
            #expect(expected > 0)
            #expect(inspection["multiplyAccumulates"] as? Int == expected, "\(form)")
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
