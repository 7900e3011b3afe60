import Foundations
import GraphIR
import Tensors

/// What a rewrite is fitted to.
package struct FitData {
    /// The input of the site on each sample, as the approximated graph makes it.
    package var inputs: [Tensor]
    /// What the site made of its real input, before anything was approximated.
    package var targets: [Tensor]
    /// Decides which places of the results are looked at.
    package var seed: UInt64
    /// The most places that are looked at.
    package var rowLimit: Int
    package var threads: ThreadBudget

    package init(
        inputs: [Tensor], targets: [Tensor], seed: UInt64, rowLimit: Int, threads: ThreadBudget
    ) {
        self.inputs = inputs
        self.targets = targets
        self.seed = seed
        self.rowLimit = rowLimit
        self.threads = threads
    }
}

/// A fitted rewrite.
package struct FittedStages {
    package var stages: [Stage]
    /// The mean square of what it gets wrong, relative to the variance of the target, behind the clamp that follows.
    package var squaredError: Double
}

/// One way to compute nearly what a node computes, for less.
struct Candidate: Sendable {
    /// The node whose result is replaced.
    var node: NodeID
    /// What the stages read.
    var input: ValueID
    /// What the report calls it.
    var name: String
    /// Predicted nanoseconds and multiply-accumulate operations of a run.
    var cost: StageCost
    var fit: @Sendable (FitData) throws -> FittedStages
}

/// A place of a graph where something can be approximated, and how.
struct ApproximationSite: Sendable {
    var node: NodeID
    var input: ValueID
    var layer: String
    /// What it costs as it is.
    var cost: StageCost
    /// In any order.
    var candidates: [Candidate]
}
