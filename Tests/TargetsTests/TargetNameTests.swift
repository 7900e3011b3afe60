import TFLiteFormat
import Targets
import Testing

@Suite struct TargetNameTests {
    @Test(arguments: [
        "litert", "gpu", "edgetpu", "tflm", "tflm-pico", "tflite-2.5", "tflite-1.15.3",
    ])
    func isKnown(_ name: String) {
        #expect(Target(named: name) != nil)
    }

    @Test(arguments: ["", "tflite", "tflite-", "tflite-2", "tflite-2.x", "tflite-0.9", "micro"])
    func isUnknown(_ name: String) {
        #expect(Target(named: name) == nil)
    }

    @Test func releasesLackWhatCameLater() throws {
        let old = try #require(Target(named: "tflite-2.3"))
        #expect(!old.has(.gelu))
        #expect(old.has(.conv2D))
        #expect(!old.runs(.conv2D, version: 6))
    }

    @Test func intersectionsHaveTheLimitsOfBoth() {
        let both = Target.liteRT.intersection(.micro)
        #expect(!both.has(.gelu) && !both.has(.unidirectionalSequenceRNN))
        #expect(both[.concatenation]?.inputs == 10 && both[.concatenation]?.fastInputs == 5)
        #expect(both[.unidirectionalSequenceLSTM]?.cellActivations == [.tanh])
        #expect(both.isStatic && both.favorsLoops)
    }
}
