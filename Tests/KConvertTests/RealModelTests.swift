import Foundation
import KConvert
import TestSupport
import Testing

/// Real trained models, as whole files and as architecture and weights, against recorded outputs of Keras.
struct RealModelTests {
    static let models = [
        "pretrainedResnet", "vww_96", "str_ww_ref_model", "gender_mini_XCEPTION",
    ]

    @Test(arguments: models)
    func wholeFileAgreesWithKeras(name: String) throws {
        guard let model = Repository.shared("models/\(name).h5"),
            let data = Repository.shared("models/\(name).io.npz")
        else { return }
        try check(ModelSource(model: model), data: data)
    }

    @Test func architectureAndWeightsAgreeWithKeras() throws {
        guard let architecture = Repository.shared("models/pretrainedResnet.json"),
            let weights = Repository.shared("models/pretrainedResnet.weights_only.h5"),
            let data = Repository.shared("models/pretrainedResnet.io.npz")
        else { return }
        try check(ModelSource(architecture: architecture, weights: weights), data: data)
    }

    private func check(_ source: ModelSource, data: String) throws {
        try Repository.withTemporaryFolder { folder in
            var options = ConversionOptions()
            options.verificationData = data
            options.tolerance = 1e-4
            let output = folder.appending(path: "model.tflite").path
            let report = try Converter(options).convert(source, to: output)
            #expect(report.verification?.relativeError ?? .infinity < 1e-4)
            #expect(report.batchNormalizations.total > 0)
            guard let python = LiteRT.python else { return }
            let job = LiteRT.Job(id: "model", model: output, data: data)
            let answer = try #require(try LiteRT.run([job], python: python).first)
            #expect(answer.ok, "\(answer.error ?? "")")
            #expect(answer.worst ?? .infinity < 1e-4)
        }
    }
}
