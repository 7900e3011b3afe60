import GraphIR

/// Folds a batch normalization into the linear operations that feed it.
///
///     before   x ─ Conv2D(w, b) ─ BatchNormalization(γ, β, μ, σ²) ─ y
///     after    x ─ Conv2D(w·k, (b − μ)·k + β) ─ y                    k = γ/√(σ² + ε)
///
/// Works for all convolutions and dense layers, through pools, flattening, transposition, zero padding, concatenation and sums
/// where that is exact (`ProducerFolding`). Requires values on the way to have no other use and no activation. Exact up to
/// rounding; the filter becomes a scaled view and is not read.
package struct FoldBatchNormalization: Pass {
    package let name = "fold-batch-norm"
    package let summary =
        "Folds batch normalizations into the convolutions and dense layers before them."

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard let affine = AffineNode(node, in: graph), affine.isBatchNormalization else {
            return nil
        }
        return try? affine.foldedIntoProducers(in: graph)
    }
}

extension AffineNode {
    /// A patch that moves the function into the linear operations before it.
    ///
    /// - Throws: `Refusal` where that is not possible.
    func foldedIntoProducers(in graph: Graph) throws -> GraphPatch {
        let folding = try ProducerFolding.find(input, axis: axis, in: graph)
        guard let function = function(in: graph) else {
            throw Refusal(reason: "its parameters are not finite")
        }
        return try GraphPatch.replacing(node, in: graph) { patch in
            try folding.build(function, graph: graph, patch: &patch)
        }
    }
}
