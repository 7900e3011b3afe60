import FixtureSupport
import Foundation
import KConvert
import TestSupport
import Testing

/// The written files in the real LiteRT runtime, three calls on one interpreter.
struct LiteRTSuite {
    /// How a fixture is converted.
    enum Form: String, CaseIterable {
        case fixedBatch, dynamicBatch, withoutPasses
    }

    @Test(
        .enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"), arguments: Form.allCases)
    func agreesWithKeras(form: Form) throws {
        let python = try #require(LiteRT.python)
        let fixtures = Fixture.all.filter { form != .dynamicBatch || !$0.hasFixedBatch }
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            for (index, fixture) in fixtures.enumerated() {
                let model = folder.appending(path: "\(index).tflite").path
                do {
                    try convert(fixture, to: model, form)
                } catch {
                    Issue.record("\(fixture.path): \(error)")
                    continue
                }
                let isLarger = try form == .dynamicBatch && fixture.largerBatch() != nil
                jobs.append(
                    LiteRT.Job(
                        id: fixture.path, model: model, data: fixture.data,
                        other: form == .dynamicBatch ? fixture.other : nil,
                        repeats: fixture.isStateful ? 1 : 3, delegate: form != .withoutPasses,
                        rows: isLarger ? 3 : nil))
            }
            let answers = try LiteRT.run(jobs, python: python)
            #expect(answers.count == jobs.count)
            for answer in answers {
                #expect(answer.ok, "\(answer.id): \(answer.error ?? "")")
                #expect(answer.worst ?? .infinity < 1e-4, "\(answer.id)")
            }
        }
    }

    private func convert(_ fixture: Fixture, to output: String, _ form: Form) throws {
        let inputs = try fixture.calls().first?.inputs ?? []
        var options = ConversionOptions()
        options.verification = .off
        options.batch =
            form == .dynamicBatch ? .dynamic : .fixed(inputs.first?.shape.dims.first ?? 1)
        if form == .withoutPasses { options.disabledPasses = Set(Converter.passes.map(\.name)) }
        try Converter(options).convert(fixture.source, to: output)
    }
}
