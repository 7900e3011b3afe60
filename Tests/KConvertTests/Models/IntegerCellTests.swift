import Archives
import FixtureSupport
import Foundation
import Interpreter
import KConvert
import TFLiteFormat
import TestSupport
import Tensors
import Testing

/// LSTM layers in files of 8-bit integers.
@Suite struct IntegerCellTests {
    private static func fixtures(_ names: [String]) -> [Fixture] {
        names.flatMap { name in
            Fixture.all(in: "keras3/layers/\(name.split(separator: "/")[0])")
                .filter { $0.path.hasSuffix("/\(name)") && $0.architecture.hasSuffix(".keras") }
        }
    }

    static let integer = fixtures([
        "lstm/plain", "lstm/stacked", "lstm/return_sequences", "lstm/go_backwards", "lstm/no_bias",
        "lstm/one_step", "bidirectional/sum", "bidirectional/concat",
    ])

    /// Another function, states that are read or given, and a mask.
    static let real = fixtures([
        "lstm/relu", "lstm/return_state", "lstm/initial_state", "lstm/masked",
    ])

    private func convert(
        _ fixture: Fixture, to path: String, for target: ConversionTarget? = nil,
        change: (inout QuantizationOptions) -> Void = { _ in }
    ) throws -> ConversionReport {
        var options = ConversionOptions()
        if let target { options.targets = [target] }
        options.batch = .fixed(try fixture.recorded().inputs[0].shape[0])
        var quantization = QuantizationOptions.int8(samples: .file(fixture.data))
        change(&quantization)
        options.quantization = quantization
        return try Converter(options).convert(fixture.source, to: path)
    }

    /// For each LSTM of a file the types of its input, its first weights and its cell.
    private func cells(in path: String) throws -> [[TFLiteTensorType]] {
        let model = try TFLiteReader.read(path: path)
        let graph = model.subgraphs[0]
        return graph.operators.compactMap { node in
            guard
                model[node.opcodeIndex].builtin == .unidirectionalSequenceLSTM
            else { return nil }
            return [0, 1, 19].map { graph[node.inputs[$0]].type }
        }
    }

    @Test(arguments: integer)
    func computeWithIntegers(fixture: Fixture) throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "model.tflite").path
            _ = try convert(fixture, to: path)
            let cells = try cells(in: path)
            #expect(!cells.isEmpty && cells.allSatisfy { $0 == [.int8, .int8, .int16] })
            let (inputs, expected) = try fixture.recorded()
            let session = try LiteModel(contentsOf: path).makeSession()
            var calls: [[LiteTensor]] = []
            for _ in 0..<3 {
                calls.append(try session.run(inputs.compactMap { LiteTensor($0) }))
            }
            // Nothing is left over from the call before.
            #expect(calls[1].map(\.doubles) == calls[0].map(\.doubles))
            #expect(calls[2].map(\.doubles) == calls[0].map(\.doubles))
            for (actual, expected) in zip(calls[0], expected) {
                #expect(Difference(actual.tensor, expected).relative < 0.08)
            }
        }
    }

    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"))
    func computeAsInLiteRT() throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            for (index, fixture) in Self.integer.enumerated() {
                let model = folder.appending(path: "\(index).tflite").path
                _ = try convert(fixture, to: model)
                let inputs = try fixture.recorded().inputs
                let outputs = try LiteModel(contentsOf: model)
                    .predict(inputs.compactMap { LiteTensor($0) })
                let data = folder.appending(path: "\(index).npz").path
                let arrays =
                    inputs.enumerated().map { (name: "in\($0)", array: $1) }
                    + outputs.enumerated().map { (name: "out\($0)", array: $1.tensor) }
                try Data(NPZ.write(arrays)).write(to: URL(filePath: data))
                for delegate in [false, true] {
                    jobs.append(
                        LiteRT.Job(
                            id: fixture.path, model: model, data: data, repeats: 3,
                            delegate: delegate))
                }
            }
            #expect(jobs.count >= 14)
            for answer in try LiteRT.run(jobs, python: python) {
                #expect(answer.ok, "\(answer.id): \(answer.error ?? "")")
                // One step of an output, which rounds differently in other kernels of the layers around.
                #expect(answer.worst ?? 1 < 0.01, "\(answer.id)")
            }
        }
    }

    @Test(arguments: real)
    func otherFormsStayInFloat(fixture: Fixture) throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "model.tflite").path
            _ = try convert(fixture, to: path)
            #expect(try cells(in: path).allSatisfy { $0[0] == .float32 && $0[2] == .float32 })
            let (inputs, expected) = try fixture.recorded()
            let session = try LiteModel(contentsOf: path).makeSession()
            for _ in 0..<2 {
                let outputs = try session.run(inputs.compactMap { LiteTensor($0) })
                for (actual, expected) in zip(outputs, expected) {
                    #expect(Difference(actual.tensor, expected).relative < 0.05)
                }
            }
        }
    }

    /// Releases that cannot set the states of such a cell get one of floats.
    @Test func oldReleasesGetFloats() throws {
        let fixture = try #require(Self.integer.first)
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "model.tflite").path
            for (release, type) in [("2.3", TFLiteTensorType.float32), ("2.4", .int8)] {
                let target = try #require(ConversionTarget("tflite-\(release)"))
                _ = try convert(fixture, to: path, for: target)
                #expect(try cells(in: path).map { $0[0] } == [type])
            }
        }
    }

    @Test func canBeKeptInFloat() throws {
        let fixture = try #require(Self.integer.first)
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "model.tflite").path
            let report = try convert(fixture, to: path) {
                $0.hasIntegerCells = false
                $0.leastElementCount = 1
            }
            #expect(try cells(in: path) == [[.float32, .int8, .float32]])
            let reasons = report.quantization?.floatLayers.map(\.reason) ?? []
            #expect(reasons == ["its cell computes with floats beside 8-bit weights"])
        }
    }
}
