import Cost
import GraphIR

/// What a pass may take into account besides the graph.
package struct PassContext: Sendable {
    /// What rewriting may cost while the program converts.
    package struct Budget: Sendable {
        /// Bytes by which a constant may exceed those it is computed from.
        package var constantGrowth = 1 << 16
        /// Elements of weights that a pass may read to compute with them.
        package var weightElements = 1 << 26
        /// Bytes of constants that are fewer than what two operators take.
        package var operatorBytes = 1 << 11

        package init() {}
    }

    package var budget = Budget()
    /// Predicts how long operators take on the runtime that the file is meant for.
    package var cost = CostModel.liteRT
    /// Why a pass last refused to rewrite a node.
    package internal(set) var refusals: [NodeID: String] = [:]

    /// What the pass has seen of the graph since its present sweep began.
    package internal(set) var sweep = PassSweep()

    package init() {}
}
