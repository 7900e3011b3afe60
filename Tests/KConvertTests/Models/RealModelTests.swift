import FixtureSupport
import Foundation
import KConvert
import TestSupport
import Testing

/// Real trained models, as whole files and as architecture and weights, against recorded outputs of Keras.
@Suite(.enabled(if: Repository.hasTrainedModels, "../shared/models is not there"))
struct RealModelTests {
    static let models = [
        "pretrainedResnet", "vww_96", "str_ww_ref_model", "gender_mini_XCEPTION",
    ]

    @Test(arguments: models)
    func wholeFileAgreesWithKeras(name: String) throws {
        try check(ModelSource(model: Repository.trainedModel("\(name).h5")), recordedAs: name)
    }

    @Test func architectureAndWeightsAgreeWithKeras() throws {
        let source = ModelSource(
            architecture: Repository.trainedModel("pretrainedResnet.json"),
            weights: Repository.trainedModel("pretrainedResnet.weights_only.h5"))
        try check(source, recordedAs: "pretrainedResnet")
    }

    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"), arguments: models)
    func liteRTAgreesWithKeras(name: String) throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            var options = ConversionOptions()
            options.verification = .off
            let output = folder.appending(path: "model.tflite").path
            try Converter(options).convert(
                ModelSource(model: Repository.trainedModel("\(name).h5")), to: output)
            let job = LiteRT.Job(
                id: name, model: output, data: Repository.trainedModel("\(name).io.npz"))
            let answer = try #require(try LiteRT.run([job], python: python).first)
            #expect(answer.ok, "\(answer.error ?? "")")
            #expect(answer.worst ?? .infinity < 1e-4)
        }
    }

    private func check(_ source: ModelSource, recordedAs name: String) throws {
        try Repository.withTemporaryFolder { folder in
            var options = ConversionOptions()
            options.verificationData = Repository.trainedModel("\(name).io.npz")
            options.tolerance = 1e-4
            let output = folder.appending(path: "model.tflite").path
            let report = try Converter(options).convert(source, to: output)
            #expect(report.verification?.relativeError ?? .infinity < 1e-4)
            #expect(report.batchNormalizations.total > 0)
        }
    }
}
