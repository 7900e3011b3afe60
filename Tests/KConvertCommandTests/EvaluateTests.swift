import Archives
import Foundation
import TestSupport
import Tensors
import Testing

/// `kconvert evaluate` with and without the truth.
struct EvaluateTests {
    private let dense = "testdata/keras2/layers/dense/activation_elu"

    @Test func accuracyOfFilesSideBySide() throws {
        try Converted.with(dense) { model in
            let input = try model.recorded("in0")
            let output = Constant(try model.recorded("out0"))
            let columns = output.shape[-1]
            let scores = output.doubles()
            // The last sample has a false truth.
            let rows = scores.count / columns
            let truth = (0..<rows).map { row -> Double in
                let best =
                    (0..<columns).max { scores[row * columns + $0] < scores[row * columns + $1] }
                    ?? 0
                return Double(row == rows - 1 ? (best + 1) % columns : best)
            }
            let data = model.path("test.npz")
            let classes = Tensor(dtype: .float64, shape: [rows], copying: truth)
            try Data(NPZ.write([("in0", input), ("y", classes)])).write(to: URL(filePath: data))
            let run = try CommandRun([
                "evaluate", model.model, model.model, "--data", data, "--truth", "y", "--json",
            ])
            #expect(run.exitCode == 0, "\(run.standardError)")
            let parts = try JSONSerialization.jsonObject(with: Data(run.standardOutput.utf8))
            let found = try #require(parts as? [[String: Any]])
            #expect(found.count == 2)
            #expect(found[0]["top1"] as? Double == Double(rows - 1) / Double(rows))
            #expect(found[1]["agreement"] as? Double == 1)
            let unknown = try CommandRun(["evaluate", model.model, "--data", data, "--truth", "z"])
            #expect(unknown.exitCode == 64)
        }
    }
}
