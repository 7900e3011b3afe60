import Archives
import Foundation
import Interpreter
import KConvert
import TestSupport
import Tensors
import Testing

/// Conversions that may differ from the model, from the options to the written file.
@Suite struct ApproximatedConversionTests {
    private let digits = ModelSource(
        architecture: Repository.root.appending(path: "examples/digits/digits.json").path,
        weights: Repository.root.appending(path: "examples/digits/digits.h5").path)

    private let audio = ModelSource(
        model: Repository.root.appending(path: "testdata/keras2/models/audio_cnn.whole.h5").path)

    private func convert(
        _ budget: Double, _ source: ModelSource? = nil,
        change: (inout ConversionOptions) -> Void = { _ in }
    ) throws -> Converter.File {
        var options = ConversionOptions()
        options.approximation = ApproximationOptions(budget: budget, samples: .random)
        // Tuning would take most of the time of these tests.
        options.approximation?.families.remove(.tune)
        change(&options)
        return try Converter(options).convert(source ?? audio)
    }

    @Test func theFileIsCheaperAndKeepsTheBudget() throws {
        let exact = try Converter().convert(audio)
        let file = try convert(0.3)
        let report = try #require(file.report.approximation)
        #expect(!report.changes.isEmpty)
        #expect(report.error <= 0.3 && report.error > 0)
        let fileError = try #require(report.fileError)
        #expect(abs(fileError - report.error) < 1e-4)
        #expect(file.report.after.multiplyAccumulates < exact.report.after.multiplyAccumulates)
        #expect(file.report.verification?.isPassed == true)
        #expect(file.report.verification?.reference == "the approximated model")
        #expect(try convert(0.3).bytes == file.bytes)
    }

    @Test func tuningLetsMoreChannelsGo() throws {
        let fits = try convert(0.2) { $0.approximation?.families = [.prune] }
        let tuned = try convert(0.2) { $0.approximation?.families = [.prune, .tune] }
        let report = try #require(tuned.report.approximation)
        #expect(fits.report.approximation?.tuningSamples == 0)
        #expect(report.tuningSamples == report.fitSamples)
        #expect(
            2 * tuned.report.after.multiplyAccumulates < fits.report.after.multiplyAccumulates)
        #expect(report.error > 0 && report.error <= 0.2)
        #expect(abs(try #require(report.fileError) - report.error) < 1e-4)
        #expect(tuned.report.verification?.isPassed == true)
    }

    @Test func noBudgetChangesNothing() throws {
        #expect(try convert(0).bytes == Converter().convert(audio).bytes)
    }

    @Test func theReportSplitsTheErrorOfIntegers() throws {
        let file = try convert(0.3) { $0.quantization = .int8(samples: .random) }
        let report = try #require(file.report.approximation)
        let fileError = try #require(report.fileError)
        #expect(report.error <= 0.3)
        #expect(fileError != report.error)
        #expect(file.report.quantization?.integerOperations ?? 0 > 0)
    }

    @Test(arguments: [
        ("y", [40], nil), ("other", [40], "no array 'y'"), ("y", [7], "holds 7 classes"),
    ])
    func truthHasToFitTheSamples(name: String, shape: [Int], problem: String?) throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "samples.npz")
            let images = Tensor(
                (0..<40 * 64).map { Float($0 * 7 % 17) }, [40, 8, 8, 1])
            let classes = Tensor((0..<shape[0]).map { Int32($0 % 10) }, Shape(shape))
            try Data(NPZ.write([(name: "in0", array: images), (name: name, array: classes)]))
                .write(to: path)
            let run = {
                try self.convert(0.5, digits) {
                    $0.approximation = ApproximationOptions(
                        budget: 0.5, samples: .file(path.path))
                    $0.approximation?.truth = "y"
                }
            }
            guard let problem else {
                #expect(try run().report.approximation?.countsAnswers == true)
                return
            }
            let error = #expect(throws: ConversionError.self) { try run() }
            #expect(error?.description.contains(problem) == true)
        }
    }

    @Test(arguments: [Float.nan, 1e30])
    func truthThatIsNoClassIsRefused(value: Float) throws {
        try Repository.withTemporaryFolder { folder in
            let path = folder.appending(path: "samples.npz")
            let images = Tensor((0..<40 * 64).map { Float($0 * 7 % 17) }, [40, 8, 8, 1])
            let classes = Tensor((0..<40).map { $0 == 7 ? value : 1 }, [40])
            try Data(NPZ.write([(name: "in0", array: images), (name: "y", array: classes)]))
                .write(to: path)
            let error = #expect(throws: ConversionError.self) {
                try convert(0.5, digits) {
                    $0.approximation = ApproximationOptions(
                        budget: 0.5, samples: .file(path.path))
                    $0.approximation?.truth = "y"
                }
            }
            #expect(error?.description.contains("which is not a class") == true)
        }
    }
}
