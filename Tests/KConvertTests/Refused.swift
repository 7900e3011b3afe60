import KConvert
import TestSupport
import Testing

/// Recorded models that cannot be converted: they are refused with a reason, never converted wrongly.
struct Refused {
    /// The models and a part of the reason.
    static let reasons: [String: String] = [
        "/layers3/conv2d_transpose/free_size": "sizes are known",
        "/layers3/multi_head_attention/free_length_causal": "sizes are known",
        "/layers3/up_sampling/two_d_free_size": "sizes are known",
        "/operators3/slicing/free_length": "sizes are known",
    ]

    @Test(arguments: reasons.keys.sorted())
    func isRefusedWithItsReason(path: String) throws {
        let model = Repository.testdata(String(path.dropFirst()) + ".keras")
        let error = #expect(throws: ConversionError.self) {
            try Repository.withTemporaryFolder { folder in
                _ = try Converter().convert(
                    ModelSource(model: model), to: folder.appending(path: "m.tflite").path)
            }
        }
        #expect(error?.code == .unsupported)
        let reason = try #require(Self.reasons[path])
        #expect(error?.description.contains(reason) == true)
        #expect(error?.issues.allSatisfy { $0.remedy != nil && $0.layer != nil } == true)
    }
}
