import GraphIR

/// Folds a batch normalization into the linear operations that feed it.
///
///     before   x ─ Conv2D(w, b) ─ BatchNormalization(γ, β, μ, σ²) ─ y
///     after    x ─ Conv2D(w·k, (b − μ)·k + β) ─ y                    k = γ/√(σ² + ε)
///
/// Works for all convolutions and dense layers, through whatever chooses or averages elements (pools, reshapes, slices …), zero
/// padding, concatenation and sums, if that is exact (`ProducerFolding`). Requires values on the way to have no other use and no activation. Exact up to
/// rounding; the filter becomes a scaled view and is not read.
package struct FoldBatchNormalization: Pass {
    package let name = "fold-batch-norm"
    package let summary =
        "Folds batch normalizations into the convolutions and dense layers before them."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let affine = AffineNode(node, in: graph), affine.isBatchNormalization else {
            return .none
        }
        return try affine.foldedIntoProducers(in: graph)
    }
}

extension AffineNode {
    /// The function moved into the linear operations before it, or what stands in the way.
    func foldedIntoProducers(in graph: Graph) throws -> Outcome {
        let folding = ProducerFolding(input, axis: axis, in: graph)
        if let reason = folding.obstacle(to: nil) { return .refused(reason) }
        guard let function = function(in: graph) else {
            return .refused("its parameters are not finite")
        }
        if let reason = folding.obstacle(to: function) { return .refused(reason) }
        return try .replacing(node, in: graph) {
            try folding.build(function, patch: $0)
        }
    }
}
