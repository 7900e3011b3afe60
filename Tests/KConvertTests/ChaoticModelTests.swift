import KConvert
import TestSupport
import Testing

/// Models that amplify rounding are verified over the steps that it leaves.
struct ChaoticModelTests {
    @Test(arguments: [
        ("bidirectional", "layer 'bidirectional' amplifies rounding: judged over "),
        ("summed", "layer 'bidirectional_1' amplifies rounding: judged over "),
        ("lstm_last", "layer 'lstm_1' amplifies rounding: judged over "),
    ])
    func theSummarySaysOverHowManySteps(name: String, words: String) throws {
        let source = ModelSource(model: Repository.testdata("keras2/chaotic/\(name).h5"))
        let report = try Converter().convert(source).report
        #expect(report.verification?.isPassed == true)
        #expect(report.text().contains(words), "\(report.text())")
    }

    @Test(arguments: ["bidirectional", "summed", "lstm_last", "gru_last", "flat"])
    func rightFilesOfChaoticModelsAgree(name: String) throws {
        let source = ModelSource(model: Repository.testdata("keras2/chaotic/\(name).h5"))
        let bytes = try Converter().convert(source).bytes
        let report = try ModelComparison().compare(
            source, with: .bytes(Array(bytes), name: "model.tflite"))
        #expect(report.isPassed, "\(report.text(file: name))")
    }
}
