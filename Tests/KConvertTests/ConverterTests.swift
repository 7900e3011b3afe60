import Foundation
import KConvert
import TestSupport
import Testing

/// The library as programs use it.
struct ConverterTests {
    private let digits = ModelSource(
        architecture: Repository.root.appending(path: "examples/digits/digits.json").path,
        weights: Repository.root.appending(path: "examples/digits/digits.h5").path)

    private func convert(
        _ options: ConversionOptions = ConversionOptions(),
        progress: (ConversionProgress) -> ProgressResponse = { _ in .proceed }
    ) throws -> ConversionReport {
        try Repository.withTemporaryFolder { folder in
            try Converter(options).convert(
                digits, to: folder.appending(path: "m.tflite").path, progress: progress)
        }
    }

    @Test func reportSaysWhatWasDone() throws {
        let report = try convert()
        #expect(report.inputs.map(\.name) == ["image"])
        #expect(report.inputs.first?.shape == [1, 8, 8, 1])
        #expect(report.outputs.map(\.name) == ["digit"])
        #expect(report.batchNormalizations.total == 4)
        #expect(report.batchNormalizations.left == 0)
        #expect(report.operators.count == report.after.operators)
        #expect(report.after.operators < report.before.operators)
        #expect(report.after.multiplyAccumulates <= report.before.multiplyAccumulates)
        #expect(report.operators.contains { $0.name == "DEPTHWISE_CONV_2D" })
        let verification = try #require(report.verification)
        #expect(verification.isPassed && verification.relativeError < 1e-4)
        #expect(verification.inputs.count == 3)
        #expect(report.warnings.isEmpty)
    }

    /// The stages of a conversion that approximates and quantizes nothing.
    private static let stages = ConversionProgress.Stage.allCases.filter {
        $0 != .quantizing && $0 != .approximating
    }

    @Test func progressRunsThroughTheStages() throws {
        var stages: [ConversionProgress.Stage] = []
        _ = try convert { progress in
            if stages.last != progress.stage { stages.append(progress.stage) }
            return .proceed
        }
        #expect(stages == Self.stages)
    }

    @Test func everyStageGoesFromZeroToOne() throws {
        var fractions: [ConversionProgress.Stage: [Double]] = [:]
        _ = try convert { progress in
            fractions[progress.stage, default: []].append(progress.fraction)
            return .proceed
        }
        for stage in Self.stages {
            let parts = try #require(fractions[stage])
            #expect(parts.first == 0 && parts.last == 1 && parts == parts.sorted(), "\(stage)")
            #expect(parts.count > 2, "\(stage)")
        }
    }

    @Test func filesInMemoryGiveTheBytesOfFiles() throws {
        try Repository.withTemporaryFolder { folder in
            let examples = Repository.root.appending(path: "examples/digits")
            let urls = ["digits.json", "digits.h5"].map { examples.appending(path: $0) }
            let output = folder.appending(path: "m.tflite")
            let report = try Converter().convert(
                ModelSource(architecture: urls[0], weights: urls[1]), to: output)
            let file = try Converter().convert(
                ModelSource(
                    .data(try Data(contentsOf: urls[0])),
                    weights: .bytes([UInt8](try Data(contentsOf: urls[1])))))
            #expect(try Data(contentsOf: output) == Data(file.bytes))
            #expect(file.report.fileSize == report.fileSize && file.report.output == nil)
            #expect(file.report.verification?.isPassed == true)
            let comparison = try ModelComparison().compare(digits, with: .bytes(file.bytes))
            #expect(comparison.isPassed && comparison.layers.count == 7)
            let inspection = try Inspection(of: ModelSource(.bytes(file.bytes)))
            #expect(inspection.rows.count == 12 && inspection.fileSize == file.bytes.count)
        }
    }

    @Test func filesInMemoryAreNamedInErrors() throws {
        let error = #expect(throws: ConversionError.self) {
            try Converter().convert(ModelSource(.bytes([1, 2, 3], name: "broken.h5")))
        }
        #expect(error?.code == .badInput && error?.issues.first?.file == "broken.h5")
    }

    @Test func threadsDoNotChangeTheFile() throws {
        let files = try [1, 2, nil].map { threads in
            var options = ConversionOptions()
            options.threads = threads
            let file = try Converter(options).convert(digits)
            #expect(file.report.verification?.isPassed == true)
            return file.bytes
        }
        #expect(Set(files).count == 1)
    }

    @Test(arguments: ConversionProgress.Stage.allCases)
    func cancelsInEveryStage(stage: ConversionProgress.Stage) throws {
        try Repository.withTemporaryFolder { folder in
            let output = folder.appending(path: "m.tflite")
            try Data("old".utf8).write(to: output)
            let error = #expect(throws: ConversionError.self) {
                var options = ConversionOptions()
                if stage == .quantizing { options.quantization = .int8(samples: .random) }
                if stage == .approximating {
                    options.approximation = ApproximationOptions(budget: 0.1, samples: .random)
                }
                try Converter(options).convert(digits, to: output.path) {
                    $0.stage == stage ? .cancel : .proceed
                }
            }
            #expect(error?.code == .cancelled)
            let left = try Data(contentsOf: output)
            #expect(left == Data("old".utf8))
        }
    }

    @Test func cancellingTheTaskStopsTheConversion() async throws {
        let source = digits
        let output = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try Converter().convert(source, to: output)
        }
        task.cancel()
        let result = await task.result
        #expect(throws: ConversionError.self) { try result.get() }
        #expect(!FileManager.default.fileExists(atPath: output))
    }

    @Test func leavingOutPassesLeavesMoreOperators() throws {
        var options = ConversionOptions()
        let all = try convert(options).after.operators
        options.disabledPasses = ["fold-batch-norm", "fold-into-consumer"]
        let fewer = try convert(options)
        #expect(fewer.after.operators > all)
        #expect(fewer.batchNormalizations.left > 0)
        options = ConversionOptions()
        options.stopAfter = 0
        let none = try convert(options)
        #expect(none.passes.allSatisfy { $0.changes == 0 })
        #expect(none.verification?.isPassed == true)
    }

    @Test(arguments: [1, 3])
    func batchIsFixed(batch: Int) throws {
        var options = ConversionOptions()
        options.batch = .fixed(batch)
        #expect(try convert(options).inputs.first?.shape == [batch, 8, 8, 1])
        options.batch = .dynamic
        #expect(try convert(options).inputs.first?.shape == [-1, 8, 8, 1])
    }

    @Test func inputShapesCanBeFixed() throws {
        var options = ConversionOptions()
        options.inputShapes = ["image": [2, 12, 12, 1]]
        let report = try convert(options)
        #expect(report.inputs.first?.shape == [2, 12, 12, 1])
        #expect(report.verification?.isPassed == true)
    }
}
