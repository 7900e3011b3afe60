import Foundation
import KConvert
import TestSupport
import Testing

/// Files for TensorFlow Lite Micro in the real runtime, three calls on one interpreter.
struct MicroSuite {
    /// At least this share of the models whose sizes are known converts; the others are refused.
    private let leastShare = 0.95

    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"))
    func agreesWithKeras() throws {
        let python = try #require(LiteRT.python)
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            var refused: [String] = []
            for (index, fixture) in Fixture.all.enumerated() where !fixture.isStateful {
                let model = folder.appending(path: "\(index).tflite").path
                do {
                    try convert(fixture, to: model)
                    jobs.append(LiteRT.Job(id: fixture.path, model: model, data: fixture.data))
                } catch {
                    if "\(error)".contains("needs known sizes") { continue }
                    let code = (error as? ConversionError)?.code
                    #expect(code == .unsupported, "\(fixture.path): \(error)")
                    refused.append(fixture.path)
                }
            }
            #expect(jobs.count > 1000)
            let share = Double(jobs.count) / Double(jobs.count + refused.count)
            #expect(share >= leastShare, "refused: \(refused)")
            let answers = try LiteRT.run(jobs, script: "run_micro.py", python: python)
            #expect(answers.count == jobs.count)
            for answer in answers {
                #expect(answer.ok, "\(answer.id): \(answer.error ?? "")")
                #expect(answer.worst ?? .infinity < 1e-4, "\(answer.id)")
            }
        }
    }

    private func convert(_ fixture: Fixture, to output: String) throws(ConversionError) {
        var options = ConversionOptions()
        options.targets = [.micro]
        options.verification = .off
        options.batch = .fixed(fixture.batch)
        try Converter(options).convert(fixture.source, to: output)
    }
}
