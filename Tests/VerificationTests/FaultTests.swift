import FixtureSupport
import Foundation
import GraphIR
import Legalize
import Problems
import TestSupport
import Tensors
import Testing

/// Verification finds a small fault in any layer of a file, and none in a right file.
struct FaultTests {
    /// One recorded model for each layer of Keras.
    static let layers: [Fixture] = {
        let all = Fixture.all.filter { $0.path.contains("/layers/") && !$0.hasFixedBatch }
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
        let model = Repository.testdata("keras2/chaotic/\(name).h5")
        try Trial(model, weights: nil, limit: 8).run(comparing: true)
    }

    /// Outputs that somebody recorded are judged by the rounding that was measured, not let pass because there is some.
    @Test(arguments: [
        ("flat", 0.5), ("bidirectional", 1000), ("lstm_last", 1000), ("gru_last", 1000),
        ("summed", 1000),
    ])
    func wrongRecordedOutputsAreFound(name: String, part: Double) throws {
        let model = Repository.testdata("keras2/chaotic/\(name).h5")
        try Trial(model, weights: nil).runRecorded(movedBy: part)
    }

    /// Kernels may flush numbers to zero that floats hold with fewer bits than others.
    @Test func numbersWithoutPrecisionAreNotCompared() throws {
        let builder = GraphBuilder(name: "tiny")
        let x = builder.input(TensorType(.float32, [1, 4]), name: "x")
        builder.output(try builder.binary(.multiply, x, 1e-39), name: "y")
        let trial = try Trial(builder.graph)
        #expect(try trial.passesRecorded { Tensor.zeros(.float32, $0.shape) })
        #expect(try !trial.passesRecorded { Tensor([Float](repeating: 1e-30, count: 4), $0.shape) })
    }

    @Test(arguments: layers)
    func wrongRecordedOutputsOfLayersAreFound(fixture: Fixture) throws {
        try Trial(fixture.architecture, weights: fixture.weights).runRecorded(movedBy: 0.5)
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
        try Trial(model, weights: nil, limit: 12).run(comparing: true)
    }
}
