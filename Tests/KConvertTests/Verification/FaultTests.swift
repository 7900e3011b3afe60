import Evaluation
import Foundation
import Foundations
import GraphIR
import KConvert
import KerasImport
import Legalize
import Passes
import Problems
import TFLiteFormat
import TFLiteLowering
import Targets
import TestSupport
import Tensors
import Testing
import Verification

/// Verification finds a small fault in any layer of a file, and none in a right file.
struct FaultTests {
    /// One recorded model for each layer of Keras.
    static let layers: [Fixture] = {
        let all = Fixture.all.filter { $0.path.contains("/layers/") && !$0.isStateful }
        let folders = Dictionary(grouping: all) {
            URL(filePath: $0.path).deletingLastPathComponent().path
        }
        return folders.keys.sorted().compactMap { folders[$0]?.first }
    }()

    @Test func everyLayerIsThere() {
        #expect(Self.layers.count >= 150)
    }

    @Test(arguments: layers)
    func faultsInLayersAreFound(fixture: Fixture) throws {
        try Trial(fixture.architecture, weights: fixture.weights).run()
    }

    @Test(
        arguments: ["lstm", "gru", "simple_rnn", "bidirectional"],
        [RecurrentForm.fused, .while, .unroll])
    func faultsInRecurrentLayersAreFound(layer: String, form: RecurrentForm) throws {
        let fixtures = Self.layers.filter { $0.path.contains("/layers/\(layer)/") }
        #expect(fixtures.count >= 2)
        for fixture in fixtures {
            do {
                try Trial(
                    fixture.architecture, weights: fixture.weights, form: form
                ).run()
            } catch let problem as Problem where form == .unroll && problem.code == .unsupported {
                // A sequence of unknown length has no unrolled form.
                continue
            }
        }
    }

    @Test(arguments: ["bidirectional", "lstm_last", "gru_last", "summed"])
    func faultsInChaoticModelsAreFound(name: String) throws {
        try Trial(Repository.testdata("keras2/chaotic/\(name).h5"), weights: nil, limit: 8).run()
    }

    @Test(arguments: [
        ("bidirectional", "layer 'bidirectional' amplifies rounding: judged over "),
        ("summed", "layer 'bidirectional_1' amplifies rounding: judged over "),
        ("lstm_last", "layer 'lstm_1' amplifies rounding: judged over "),
    ])
    func theSummarySaysOverHowManySteps(name: String, words: String) throws {
        let source = ModelSource(model: Repository.testdata("keras2/chaotic/\(name).h5"))
        let report = try Converter().convert(source).report
        #expect(report.verification?.isPassed == true)
        #expect(report.text().contains(words), "\(report.text())")
    }

    @Test(arguments: ["bidirectional", "summed", "lstm_last", "gru_last"])
    func rightFilesOfChaoticModelsAgree(name: String) throws {
        let source = ModelSource(model: Repository.testdata("keras2/chaotic/\(name).h5"))
        let bytes = try Converter().convert(source).bytes
        let report = try ModelComparison().compare(
            source, with: .bytes(Array(bytes), name: "model.tflite"))
        #expect(report.isPassed, "\(report.text(file: name))")
    }

    /// Networks that take minutes: `make test-zoo` names the folder that it makes them in.
    static let networks: [String] = {
        guard let folder = ProcessInfo.processInfo.environment["KCONVERT_ZOO"] else { return [] }
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return names.filter { $0.hasSuffix(".keras") }.sorted().map { "\(folder)/\($0)" }
    }()

    @Test(
        .enabled(if: !networks.isEmpty, "KCONVERT_ZOO names no folder of networks"),
        arguments: networks)
    func faultsInNetworksAreFound(model: String) throws {
        try Trial(model, weights: nil, limit: 12).run()
    }
}

/// A model whose file is verified as it is and with each fault in turn.
private struct Trial {
    private let model: Graph
    private let form: RecurrentForm
    /// The graph that is written.
    private let written: Graph
    private let limit: Int
    /// Which faults have to be found: those that change an output by more than this part of its spread.
    private static let leastEffect = 1e-5

    /// - Parameter limit: how many nodes get faults, spread over the graph.
    init(
        _ architecture: String, weights: String?, form: RecurrentForm = .auto, limit: Int = .max
    ) throws {
        model = try KerasImporter.importModel(architecture: architecture, weights: weights).graph
        self.form = form
        self.limit = limit
        written = try Self.optimized(model, form)
    }

    /// - Parameter original: the model whose forms of recurrences are taken, if `model` is the same on other extents.
    private static func optimized(
        _ model: Graph, _ form: RecurrentForm, like original: Graph? = nil
    ) throws -> Graph {
        var graph = try Legalize.expandRecurrences(
            in: model, for: .liteRT, as: form, chosenFor: original)
        _ = try PassDriver().run(on: &graph)
        try Legalize.expand(&graph, for: .liteRT)
        return graph
    }

    func run() throws {
        #expect(verify { $0 } == nil)
        let values = try observed(written)
        let nodes = written.nodes
        for node in nodes.indices.filter({
            limit > nodes.count || $0 % (nodes.count / limit + 1) == 0
        })
        .map({ nodes[$0] }) {
            guard let output = values[node.output], output.dtype == .float32 else { continue }
            for fault in Fault.allCases {
                guard let faulty = try fault.faulty(written, at: node, output: output),
                    isVisible(faulty, values)
                else { continue }
                let found = verify { graph in
                    guard let node = graph.node(node.id) else { return graph }
                    return try fault.faulty(graph, at: node, output: output) ?? graph
                }
                #expect(
                    found != nil,
                    "\(fault.rawValue) of \(node.op.functionName) in '\(node.layer)'")
            }
        }
    }

    /// What the verifier says of a file whose graph was changed; nil if it passes.
    private func verify(changing change: @escaping (Graph) throws -> Graph) -> String? {
        func file(_ graph: Graph) throws -> FileSource {
            let lowered = try TFLiteLowering.lower(change(graph), for: .liteRT)
            return .bytes(try TFLiteWriter.bytes(of: lowered.model), name: "model.tflite")
        }
        do {
            let verifier = Verifier(
                model, VerificationSettings(),
                rewriting: { try file(Self.optimized($0, form, like: model)) },
                expanding: { try Legalize.expandRecurrences(in: $0, for: .liteRT, as: form) })
            _ = try verifier.verify(file(written), with: verifier.startReference())
            return nil
        } catch {
            return "\(error)"
        }
    }

    private func observed(_ graph: Graph) throws -> [ValueID: Tensor] {
        var values: [ValueID: Tensor] = [:]
        _ = try GraphEvaluator(graph, precision: .fast).run(inputs) { values[$0] = $1 }
        return values
    }

    /// Whether a fault changes outputs on the inputs that the verifier takes first by more than rounding does.
    private func isVisible(_ faulty: Graph, _ values: [ValueID: Tensor]) -> Bool {
        guard let outputs = try? GraphEvaluator(faulty, precision: .fast).run(inputs) else {
            return true
        }
        return zip(outputs, written.outputs).contains { output, port in
            guard let right = values[port.value] else { return true }
            return !(Difference(output, right).relative < Self.leastEffect)
        }
    }

    private var inputs: [Tensor] {
        get throws { try Verifier(model, VerificationSettings()).firstInputs }
    }
}
