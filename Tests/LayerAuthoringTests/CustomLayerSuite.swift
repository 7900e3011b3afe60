import Evaluation
import FixtureSupport
import Foundation
import KConvert
import TestSupport
import Tensors
import Testing

/// Models with layers of a user's own, recorded with both generations of Keras, in every container.
struct CustomLayerSuite {
    /// The models in all their containers: whole files, and architectures with each kind of weights.
    static let all = ["keras2/custom", "keras3/custom"].flatMap {
        Fixture.containers(in: $0, whole: ["keras", "whole.h5"], weights: ["h5", "weights.h5"])
    }

    private static func options(batch: ConversionOptions.Batch) -> ConversionOptions {
        var options = ConversionOptions()
        options.batch = batch
        options.customLayers = .recorded
        return options
    }

    @Test func everyContainerIsThere() {
        #expect(Self.all.count == 56)
    }

    @Test(arguments: all)
    func convertsToWhatKerasComputes(fixture: Fixture) throws {
        var options = Self.options(batch: .fixed(2))
        options.verificationData = fixture.data
        options.tolerance = 1e-4
        try Repository.withTemporaryFolder { folder in
            let report = try Converter(options).convert(
                fixture.source, to: folder.appending(path: "m.tflite").path)
            #expect(report.verification?.isPassed == true)
            #expect(report.warnings.isEmpty)
        }
    }

    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"))
    func agreesWithKerasInLiteRT() throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            for batch in [ConversionOptions.Batch.fixed(2), .dynamic] {
                for fixture in Self.all {
                    let model = folder.appending(path: "\(jobs.count).tflite").path
                    try Converter(Self.options(batch: batch)).convert(fixture.source, to: model)
                    jobs.append(LiteRT.Job(id: fixture.path, model: model, data: fixture.data))
                }
            }
            let answers = try LiteRT.run(jobs, python: python)
            #expect(answers.count == jobs.count)
            for answer in answers {
                #expect(answer.ok, "\(answer.id): \(answer.error ?? "")")
                #expect(answer.worst ?? .infinity < 1e-4, "\(answer.id)")
            }
        }
    }
}
