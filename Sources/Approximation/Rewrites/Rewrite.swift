import Foundations
import GraphIR
import Tensors

/// What approximations may do.
package enum ApproximationFamily: String, Sendable, CaseIterable {
    /// Convolutions as a depthwise and a pointwise one, or as columns and rows.
    case separable
    /// Fewer channels between two thin layers.
    case lowrank
    /// Functions that cost less.
    case activation
    /// Fewer channels, for which the next layer makes up.
    case prune
    /// Blocks of 2×2 pixels as channels of an image of half the size, of which the layers need fewer.
    case spacetodepth
    /// All weights moved until the outputs agree better.
    case tune
}

/// One way to compute nearly what a convolution or matrix product computes, for less: stages of which the last is linear.
package protocol LinearRewrite: Sendable {
    /// What the report calls it, such as `rank 12`.
    var name: String { get }

    /// The stages with weights of zero, which tell what they cost.
    func outline(for site: LinearSite) -> [Stage]

    /// The stages; the last one is a first guess, which is then fitted.
    ///
    /// - Parameters:
    ///   - response: what the site computes from the inputs that it will have, a row for each place.
    ///   - target: what it computed before anything was approximated.
    func stages(
        for site: LinearSite, response: Matrix, target: Matrix, threads: ThreadBudget
    ) -> [Stage]
}
