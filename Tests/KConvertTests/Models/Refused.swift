import Foundation
import KConvert
import TestSupport
import Testing

/// Recorded models that cannot be converted: they are refused with a reason, never converted wrongly.
struct Refused {
    /// The models below `testdata/keras3/refused` and a part of the reason.
    static let reasons: [String: String] = [
        "custom_layer": "class is not known",
        "hashed_crossing": "works on text",
        "hashing": "works on text",
        "several_problems": "class is not known",
        "string_lookup": "works on text",
        "text_vectorization": "works on text",
    ]

    @Test(arguments: reasons.keys.sorted())
    func isRefusedWithItsReason(name: String) throws {
        let model = Repository.testdata("keras3/refused/\(name).keras")
        let error = #expect(throws: ConversionError.self) {
            try Repository.withTemporaryFolder { folder in
                _ = try Converter().convert(
                    ModelSource(model: model), to: folder.appending(path: "m.tflite").path)
            }
        }
        #expect(error?.code == .unsupported)
        let reason = try #require(Self.reasons[name])
        #expect(error?.description.contains(reason) == true)
        #expect(error?.issues.allSatisfy { $0.remedy != nil && $0.layer != nil } == true)
    }

    @Test func allProblemsAreReportedTogether() throws {
        let model = Repository.testdata("keras3/refused/several_problems.keras")
        let error = #expect(throws: ConversionError.self) {
            try Repository.withTemporaryFolder { folder in
                _ = try Converter().convert(
                    ModelSource(model: model), to: folder.appending(path: "m.tflite").path)
            }
        }
        #expect(error?.issues.compactMap(\.layer) == ["hash", "twice"])
    }

    /// An argument that no operation reads is refused if it would change the result, and ignored otherwise.
    @Test(arguments: [true, false])
    func argumentsThatNothingReads(changes: Bool) throws {
        let stem = Repository.testdata("keras2/operators/nn/resize")
        try Repository.withTemporaryFolder { folder in
            let model = folder.appending(path: "model.json")
            let text = try String(contentsOfFile: stem + ".json", encoding: .utf8)
            let changed = text.replacingOccurrences(
                of: #"{"size": [7, 9]"#,
                with: #"{"preserve_aspect_ratio": \#(changes), "size": [7, 9]"#)
            #expect(changed != text)
            try changed.write(to: model, atomically: true, encoding: .utf8)
            let source = ModelSource(architecture: model.path, weights: stem + ".h5")
            let output = folder.appending(path: "m.tflite").path
            guard changes else {
                #expect(throws: Never.self) { try Converter().convert(source, to: output) }
                return
            }
            let error = #expect(throws: ConversionError.self) {
                try Converter().convert(source, to: output)
            }
            #expect(error?.description.contains("preserve_aspect_ratio") == true)
        }
    }
}
