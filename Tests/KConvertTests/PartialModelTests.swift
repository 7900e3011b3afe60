import Foundation
import KConvert
import TestSupport
import Testing

/// Options on shapes, batches and layers: parts of models, and models that state too much or too little.
struct PartialModelTests {
    private func model(_ name: String) -> ModelSource {
        ModelSource(model: Repository.testdata("keras2/cut/\(name).h5"))
    }

    private func convert(
        _ name: String, _ change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> ConversionReport {
        var options = ConversionOptions()
        change(&options)
        return try Converter(options).convert(model(name)).report
    }

    @Test(arguments: [
        (ConversionOptions.Batch.automatic, 32), (.fixed(1), 1), (.fixed(4), 4), (.dynamic, -1),
    ])
    func aStatedBatchObeysTheOptions(batch: ConversionOptions.Batch, extent: Int) throws {
        let report = try convert("stated_batch") {
            $0.batch = batch
            if batch != .dynamic {
                $0.verificationData = Repository.testdata("keras2/cut/stated_batch.npz")
            }
        }
        #expect(report.inputs.first?.shape == [extent, 5])
        #expect(report.outputs.first?.shape == [extent, 2])
        #expect(report.verification?.isPassed == true)
    }

    @Test func anOpenBatchIsOne() throws {
        #expect(try convert("shared_twice").inputs.first?.shape == [1, 4])
    }

    @Test func theFirstWeightsTellAMissingShape() throws {
        let report = try convert("without_shape") {
            $0.verificationData = Repository.testdata("keras2/cut/without_shape.npz")
        }
        #expect(report.inputs.first?.shape == [1, 5])
        let images = try convert("images_without_shape")
        #expect(images.inputs.first?.shape == [1, -1, -1, 2])
        let name = try #require(images.inputs.first?.name)
        let fixed = try convert("images_without_shape") {
            $0.inputShapes = [name: [2, 8, 8, 2]]
            $0.verificationData = Repository.testdata("keras2/cut/images_without_shape.npz")
        }
        #expect(fixed.inputs.first?.shape == [2, 8, 8, 2])
    }

    @Test func aModelEndsAtLayers() throws {
        let whole = try convert("shared_twice")
        #expect(whole.inputs.map(\.name) == ["x", "y"])
        let one = try convert("shared_twice") { $0.until = ["b"] }
        #expect(one.inputs.map(\.name) == ["y"] && one.outputs.map(\.name) == ["b"])
        #expect(one.verification?.isPassed == true)
        let two = try convert("shared_twice") { $0.until = ["b", "a", "sum"] }
        #expect(two.outputs.map(\.name) == ["b", "a", "sum"] && two.inputs.count == 2)
        let error = #expect(throws: ConversionError.self) {
            try convert("shared_twice") { $0.until = ["sums"] }
        }
        #expect("\(error.map { "\($0)" } ?? "")".contains("The nearest name is 'sum'."))
    }

    @Test func aLossIsCutOff() throws {
        let error = #expect(throws: ConversionError.self) { try convert("ctc_loss") }
        let text = error.map { "\($0)" } ?? ""
        #expect(text.contains("which is for training only"), "\(text)")
        #expect(text.contains("'probabilities' with ConversionOptions.until"), "\(text)")
        let report = try convert("ctc_loss") { $0.until = ["probabilities"] }
        #expect(report.inputs.map(\.name) == ["speech"])
        #expect(report.outputs.first?.shape == [1, 12, 5])
    }

    @Test func aDefinitionWithoutEffectIsAnError() throws {
        var converter = Converter()
        try converter.registerLambda("factor=2")
        let report = try converter.convert(model("unknown_global")).report
        #expect(report.verification?.isPassed == true)
        try converter.registerLambda("fcator=2")
        let error = #expect(throws: ConversionError.self) {
            try converter.convert(model("unknown_global"))
        }
        #expect(error.map { "\($0)" }?.contains("'fcator=…' has no effect") == true)
    }

    @Test func layersOfARefusedModelAreListed() throws {
        let inspection = try Inspection(of: model("unknown_global"))
        #expect(inspection.rows.map(\.kind) == ["InputLayer", "Dense", "Lambda", "Dense"])
        let stopping = inspection.rows.filter { $0.problem != nil }
        #expect(stopping.map(\.name) == ["scaled"])
        #expect(inspection.rows[1].outputShapes == [[-1, 3]])
        #expect(inspection.rows[1].parameters == 15)
        #expect(
            inspection.text.contains("✗ ")
                && inspection.text.contains("Converter.registerLambda 'factor=2'"))
        #expect(try Inspection(of: model("shared_twice")).problems.isEmpty)
        let custom = Repository.testdata("keras3/refused/several_problems.keras")
        let several = try Inspection(of: ModelSource(model: custom))
        #expect(several.problems.count > 1 && several.rows.count > 2)
    }
}
