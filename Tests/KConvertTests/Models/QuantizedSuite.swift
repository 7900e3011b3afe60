import Archives
import FixtureSupport
import Foundation
import Interpreter
import KConvert
import TestSupport
import Testing

/// Quantized files in the real LiteRT runtime, half of them with XNNPACK.
@Suite struct QuantizedSuite {
    /// A mode, and the least signal to noise ratio that any output of any fixture has.
    struct Case: Sendable, CustomTestStringConvertible {
        let mode: QuantizationOptions.Mode
        let floor: Double
        var testDescription: String { mode.rawValue }
    }

    static let cases = [
        Case(mode: .float16, floor: 40), Case(mode: .weights, floor: 15),
        Case(mode: .dynamic, floor: 12), Case(mode: .int8, floor: 12),
        Case(mode: .int16x8, floor: 15),
    ]

    /// One fixture in so many is taken.
    private static let stride = 6

    /// Layers of other packages round and mask by themselves, where the least rounding before them makes a jump, as in the order of
    /// numbers.
    private static let fixtures = Fixture.all.filter {
        !$0.path.contains("/packages/") && !$0.path.hasSuffix("/indexing/argsort")
    }

    /// Models with slices of small numbers beside outliers, which are always taken.
    private static let always = [
        "/keras3/models/older/operators_3_6_0", "/keras3/models/older/operators_3_10_0",
    ]

    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"), arguments: cases)
    func agreesWithKeras(_ test: Case) throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            for (index, fixture) in Self.fixtures.enumerated()
            where index % Self.stride == 0 || Self.always.contains(fixture.path) {
                let model = folder.appending(path: "\(index).tflite").path
                do {
                    try convert(fixture, to: model, test.mode)
                } catch {
                    Issue.record("\(fixture.path): \(error)")
                    continue
                }
                jobs.append(
                    LiteRT.Job(
                        id: fixture.path, model: model, data: fixture.data, repeats: 1,
                        delegate: index % (2 * Self.stride) == 0))
            }
            #expect(jobs.count > 200)
            let answers = try LiteRT.run(jobs, python: python)
            #expect(answers.count == jobs.count)
            for answer in answers {
                #expect(answer.ok, "\(test.mode) \(answer.id): \(answer.error ?? "")")
                #expect(answer.decibels ?? 0 >= test.floor, "\(test.mode) \(answer.id)")
            }
        }
    }

    /// How weights of 4 bits are stored, and how near LiteRT comes to the bundled interpreter.
    struct Narrow: Sendable, CustomTestStringConvertible {
        let mode: QuantizationOptions.Mode
        let blockLength: Int?
        let floor: Double
        var testDescription: String { "\(mode) \(blockLength ?? 0)" }
    }

    static let narrow = [
        Narrow(mode: .weights, blockLength: nil, floor: 60),
        Narrow(mode: .dynamic, blockLength: nil, floor: 20),
        Narrow(mode: .dynamic, blockLength: 32, floor: 20),
    ]

    /// Files with weights of 4 bits compute the same in LiteRT as in the interpreter.
    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"), arguments: narrow)
    func fourBitsRun(_ test: Narrow) throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            var (jobs, narrowCount): ([LiteRT.Job], Int) = ([], 0)
            for (index, fixture) in Self.fixtures.enumerated()
            where index % 16 == 0 && !fixture.isStateful {
                var options = QuantizationOptions(test.mode)
                options.weightBits = 4
                options.blockLength = test.blockLength
                options.leastElementCount = 1
                let model = folder.appending(path: "\(index).tflite").path
                let report = try convert(fixture, to: model, options)
                narrowCount += report.quantization?.narrowConstants ?? 0
                let inputs = try fixture.recorded().inputs
                let outputs = try LiteModel(contentsOf: model)
                    .predict(inputs.compactMap { LiteTensor($0) })
                let data = folder.appending(path: "\(index).npz").path
                let arrays =
                    inputs.enumerated().map { (name: "in\($0)", array: $1) }
                    + outputs.enumerated().map { (name: "out\($0)", array: $1.tensor) }
                try Data(NPZ.write(arrays)).write(to: URL(filePath: data))
                // Reference kernels do not know blocks.
                jobs.append(
                    LiteRT.Job(
                        id: fixture.path, model: model, data: data, repeats: 1,
                        delegate: test.blockLength != nil || index % 32 == 0))
            }
            #expect(jobs.count > 80)
            #expect(narrowCount > 40)
            for answer in try LiteRT.run(jobs, python: python) {
                #expect(answer.ok, "\(test) \(answer.id): \(answer.error ?? "")")
                #expect(answer.decibels ?? 0 >= test.floor, "\(test) \(answer.id)")
            }
        }
    }

    private func convert(
        _ fixture: Fixture, to output: String, _ mode: QuantizationOptions.Mode
    ) throws {
        var options = QuantizationOptions(mode)
        options.leastElementCount = 1
        if mode == .int8 || mode == .int16x8 { options.samples = .file(fixture.data) }
        try convert(fixture, to: output, options)
    }

    @discardableResult
    private func convert(
        _ fixture: Fixture, to output: String, _ quantization: QuantizationOptions
    ) throws -> ConversionReport {
        var options = ConversionOptions()
        options.verification = .off
        options.batch = .fixed(try fixture.calls().first?.inputs.first?.shape.dims.first ?? 1)
        options.threads = 1
        options.quantization = quantization
        return try Converter(options).convert(fixture.source, to: output)
    }
}
