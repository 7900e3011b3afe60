import FixtureSupport
import Foundation
import KConvert
import TestSupport
import Testing

/// Models that were trained with rounded numbers, as integer files without samples and as float files.
@Suite struct TrainedQuantizationSuite {
    static let names = ["activations", "mlp", "residual", "shapes"]

    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"))
    func integersAgreeWithTheRoundedModel() throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            let jobs = try Self.names.flatMap { name in
                try [true, false].map { isInteger in
                    let model = folder.appending(path: "\(name) \(isInteger).tflite").path
                    let path = Repository.testdata("quantization/aware/\(name)")
                    var options = ConversionOptions()
                    options.verification = .off
                    if isInteger { options.quantization = QuantizationOptions(.int8) }
                    let report = try Converter(options).convert(
                        ModelSource(model: path + ".h5"), to: model)
                    if isInteger {
                        #expect(report.quantization?.floatLayers.isEmpty == true, "\(name)")
                    }
                    return LiteRT.Job(
                        id: "\(name) \(isInteger)", model: model, data: path + ".npz", repeats: 1)
                }
            }
            let answers = try LiteRT.run(jobs, python: python)
            #expect(answers.count == jobs.count)
            for answer in answers {
                #expect(answer.ok, "\(answer.id): \(answer.error ?? "")")
                let floor = 20.0
                #expect(answer.decibels ?? 0 >= floor, "\(answer.id)")
            }
        }
    }
}
