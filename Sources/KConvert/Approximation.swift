import Approximation
import Reports

/// How far a file may be from its model to be faster.
///
/// Half of the samples fit cheaper layers, the other half judge the whole model.
public struct ApproximationOptions: Sendable {
    /// What may stand in for layers.
    public enum Family: String, Sendable, CaseIterable {
        /// Convolutions as a depthwise and a pointwise one, or as columns and rows.
        case separable
        /// Fewer channels between two thin layers.
        case lowrank
        /// Functions that cost less, such as hard swish.
        case activation
        /// Fewer channels, for which the next layer makes up.
        case prune
        /// Blocks of 2×2 pixels as channels of an image of half the size, of which the layers need fewer.
        case spacetodepth
        /// All weights moved until the outputs agree better, by gradients.
        case tune
    }

    /// The greatest accepted error on the samples that judge: the root mean square difference of an output relative to its
    /// standard deviation, or with `truth` the part of right answers that may be lost.
    public var budget: Double
    /// Typical inputs.
    public var samples: CalibrationSamples
    /// Typical inputs to fit to, such as those the model was trained with.
    ///
    /// All of `samples` judge then; without them every other one of `samples` fits.
    public var fitSamples: CalibrationSamples?
    /// What may stand in for layers.
    public var families = Set(Family.allCases)
    /// The array of true classes in the `.npz` file of the samples, as numbers or as rows of scores.
    public var truth: String?

    /// A budget with its defaults.
    public init(budget: Double, samples: CalibrationSamples) {
        self.budget = budget
        self.samples = samples
    }
}

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
    /// How many samples all weights were tuned with; 0 if they were not.
    public let tuningSamples: Int
    /// How many samples judged.
    public let judgeSamples: Int
    /// The layers that were replaced, in running order.
    public let changes: [Change]

    /// What the summary says.
    var blocks: [ReportDocument.Block] {
        let kind = countsAnswers ? "of right answers lost" : "of the spread"
        let file = fileError.map { ", \(Format.percent($0)) in the file" } ?? ""
        let tuning = tuningSamples > 0 ? "\(tuningSamples) to tune, " : ""
        let head =
            "approximated: \(Format.count(changes.count, "layer")) replaced, error \(Format.percent(error)) \(kind)\(file) "
            + "(budget \(Format.percent(budget)), \(fitSamples) samples to fit, \(tuning)\(judgeSamples) to judge)"
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
