import Approximation
import Reports

/// What was replaced by something cheaper, and what that costs in accuracy.
public struct ApproximationReport: Sendable, Codable {
    /// A layer that was replaced.
    public struct Change: Sendable, Codable {
        /// The Keras layer, as a path through nested models.
        public let layer: String
        /// What stands in for it, such as `rank 12`.
        public let rewrite: String
        /// Multiply-accumulate operations of a run before.
        public let multiplyAccumulatesBefore: Int
        /// Multiply-accumulate operations of a run after.
        public let multiplyAccumulatesAfter: Int
        /// Predicted seconds of a run before.
        public let secondsBefore: Double
        /// Predicted seconds of a run after.
        public let secondsAfter: Double
        /// The error that it alone was predicted to add: root mean square, relative to the standard deviation of the outputs.
        public let error: Double
    }

    /// The greatest accepted error.
    public let budget: Double
    /// Whether errors are lost right answers instead of differences of outputs.
    public let countsAnswers: Bool
    /// The error of the approximated model on the samples that judge.
    public let error: Double
    /// The error of the written file on the same samples, by the bundled interpreter; nil if the file was not run.
    ///
    /// Numbers stored in fewer bits add to it.
    public internal(set) var fileError: Double?
    /// How many samples fitted.
    public let fitSamples: Int
    /// How many samples judged.
    public let judgeSamples: Int
    /// The layers that were replaced, in running order.
    public let changes: [Change]

    /// What the summary says.
    var blocks: [ReportDocument.Block] {
        let kind = countsAnswers ? "of right answers lost" : "of the spread"
        let file = fileError.map { ", \(Format.percent($0)) in the file" } ?? ""
        let head =
            "approximated: \(Format.count(changes.count, "layer")) replaced, error \(Format.percent(error)) \(kind)\(file) "
            + "(budget \(Format.percent(budget)), \(fitSamples) samples to fit, \(judgeSamples) to judge)"
        guard !changes.isEmpty else { return [.line(head)] }
        return [.line(head), .table(table)]
    }

    private var table: ReportTable {
        let rows = changes.map { change in
            ReportTable.Row([
                change.layer, change.rewrite,
                "\(Format.large(change.multiplyAccumulatesBefore)) → \(Format.large(change.multiplyAccumulatesAfter)) MACs",
                "\(Format.duration(change.secondsBefore)) → \(Format.duration(change.secondsAfter))",
                "error \(Format.percent(change.error))",
            ])
        }
        return ReportTable([.text(), .text(), .text(), .text(), .text()], rows)
    }
}
