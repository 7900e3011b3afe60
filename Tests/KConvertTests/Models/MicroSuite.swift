import FixtureSupport
import Foundation
import KConvert
import Microcontrollers
import TFLiteFormat
import TestSupport
import Testing

/// Files for TensorFlow Lite Micro in the real runtime, three calls on one interpreter, in the arena that is predicted.
struct MicroSuite {
    /// How files are made, and what has to come out.
    struct Case: Sendable, CustomTestStringConvertible {
        var mode: QuantizationOptions.Mode?
        var plansArena = false
        /// One fixture in so many is taken, all in `make test-long`.
        var stride = 1
        /// For one of so many of them the smallest arena is searched.
        var searchStride = 1
        /// At least this share of the models whose sizes are known converts; the others are refused.
        var leastShare = 0.95
        /// The least signal to noise ratio of an output in decibels.
        var floor = 80.0

        var testDescription: String {
            (mode?.rawValue ?? "float") + (plansArena ? ", planned" : "")
        }
    }

    static let cases = [
        Case(searchStride: 5), Case(plansArena: true, stride: 32, leastShare: 0.9),
        Case(mode: .int8, stride: 16, leastShare: 0.85, floor: 11),
        Case(mode: .int16x8, stride: 16, leastShare: 0.85, floor: 15),
    ]

    /// Whether integers keep enough of a model: layers of other packages, one-hot vectors of values that are rounded before, and
    /// angles, from π to −π, jump.
    private static func isSmooth(_ fixture: Fixture) -> Bool {
        let jumping = [
            "/keras2/operators/shape_arithmetic/moves", "/keras3/layers/spectrogram/stft_angle",
        ]
        return !fixture.path.contains("/packages/") && !jumping.contains(fixture.path)
    }

    @Test(
        .enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"), arguments: cases)
    func agreesWithKeras(_ test: Case) throws {
        let python = try #require(LiteRT.python)
        let isLong = Campaign.factor > 1
        let (stride, searchStride) = isLong ? (1, 1) : (test.stride, test.searchStride)
        let fixtures = Fixture.all.filter {
            !$0.isStateful && (test.mode == nil || Self.isSmooth($0))
        }
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            var refused: [String] = []
            for (index, fixture) in fixtures.enumerated() where index % stride == 0 {
                let model = folder.appending(path: "\(index).tflite").path
                do {
                    try convert(fixture, test, to: model)
                    let arena = try MicroArena(
                        of: TFLiteReader.read(path: model), on: .package)
                    jobs.append(
                        LiteRT.Job(
                            id: fixture.path, model: model, data: fixture.data,
                            arena: jobs.count % searchStride == 0 ? arena.byteCount : nil))
                } catch {
                    if "\(error)".contains("needs known sizes") { continue }
                    let code = (error as? ConversionError)?.code
                    #expect(code == .unsupported, "\(fixture.path): \(error)")
                    refused.append("\(fixture.path): \(error)")
                }
            }
            #expect(jobs.count * stride > 1000)
            let share = Double(jobs.count) / Double(jobs.count + refused.count)
            #expect(share >= test.leastShare, "refused: \(refused)")
            let answers = try LiteRT.run(jobs, script: "run_micro.py", python: python)
            #expect(answers.count == jobs.count)
            for (job, answer) in zip(jobs, answers) { check(answer, of: job, test) }
        }
    }

    /// The arenas of stateful models, whose variables take memory of their own.
    @Test(.enabled(if: LiteRT.python != nil, "KCONVERT_PYTHON is not set"))
    func statesAreCounted() throws {
        let python = try #require(LiteRT.python)
        let stride = Campaign.factor > 1 ? 1 : 8
        try Repository.withTemporaryFolder { folder in
            var jobs: [LiteRT.Job] = []
            let fixtures = Fixture.all.filter(\.isStateful)
            for (index, fixture) in fixtures.enumerated() where index % stride == 0 {
                let model = folder.appending(path: "\(index).tflite").path
                do {
                    try convert(fixture, Case(), to: model)
                } catch {
                    let isRefused = (error as? ConversionError)?.code == .unsupported
                    #expect(isRefused || "\(error)".contains("needs known sizes"))
                    continue
                }
                let arena = try MicroArena(of: TFLiteReader.read(path: model), on: .package)
                jobs.append(
                    LiteRT.Job(id: fixture.path, model: model, data: "", arena: arena.byteCount))
            }
            #expect(jobs.count * stride > fixtures.count / 2)
            let answers = try LiteRT.run(jobs, script: "run_micro.py", python: python)
            #expect(answers.count == jobs.count)
            for (job, answer) in zip(jobs, answers) { checkArena(answer, of: job) }
        }
    }

    private func check(_ answer: LiteRT.Answer, of job: LiteRT.Job, _ test: Case) {
        #expect(answer.ok, "\(answer.id): \(answer.error ?? "")")
        guard answer.ok else { return }
        if test.mode == nil { #expect(answer.worst ?? .infinity < 1e-4, "\(answer.id)") }
        #expect(answer.decibels ?? 0 >= test.floor, "\(answer.id)")
        checkArena(answer, of: job)
    }

    private func checkArena(_ answer: LiteRT.Answer, of job: LiteRT.Job) {
        guard let predicted = job.arena else { return }
        let smallest = answer.smallest ?? 0
        #expect(predicted >= smallest, "\(answer.id): \(predicted) < \(smallest)")
        #expect(
            predicted <= max(smallest + 64, smallest * 101 / 100),
            "\(answer.id): \(predicted) > \(smallest)")
    }

    private func convert(
        _ fixture: Fixture, _ test: Case, to output: String
    ) throws(ConversionError) {
        var options = ConversionOptions()
        options.targets = [.micro]
        options.verification = .off
        options.batch = .fixed(fixture.batch)
        options.plansArena = test.plansArena
        options.threads = 1
        if let mode = test.mode {
            options.quantization = QuantizationOptions(mode)
            options.quantization?.leastElementCount = 1
            options.quantization?.samples = .file(fixture.data)
        }
        try Converter(options).convert(fixture.source, to: output)
    }
}
