import Archives
import Foundation
import Interpreter
import TestSupport
import Tensors
import Testing

/// A file of another maker with what LiteRT computed with it, in two runs.
struct RecordedFile: Sendable, CustomTestStringConvertible {
    let path: String

    var testDescription: String { path }

    /// All files below `testdata/tflite`.
    static var all: [RecordedFile] {
        Repository.files(in: "tflite", withExtension: "tflite").map { RecordedFile(path: $0) }
    }
}

struct RecordedFileTests {
    /// Differences relative to the spread of an output that the order of sums explains.
    static let tolerance = 1e-5

    @Test func everyFileIsThere() {
        #expect(RecordedFile.all.count >= 167)
    }

    @Test(arguments: RecordedFile.all)
    func runsGiveWhatLiteRTGives(file: RecordedFile) throws {
        let data = file.path.dropLast(7) + ".npz"
        let arrays = Dictionary(
            uniqueKeysWithValues: try NPZ.read(path: String(data)).map { ($0.name, $0.array) })
        let model = try LiteModel(contentsOf: file.path)
        let inputs = model.inputs.indices.compactMap { index in
            arrays["in\(index)"].flatMap { LiteTensor($0) }
        }
        let session = try model.makeSession()
        for run in ["out", "again"] {
            let results = try session.run(inputs)
            #expect(arrays["\(run)\(results.count)"] == nil)
            for (index, result) in results.enumerated() {
                let expected = try #require(arrays["\(run)\(index)"])
                #expect(result.tensor.shape == expected.shape)
                #expect(result.tensor.dtype == expected.dtype)
                let difference = Difference(result.tensor, expected)
                #expect(difference.relative < Self.tolerance, "\(run)\(index)")
            }
        }
    }
}
