import GraphIR

/// Folds adding, subtracting, multiplying and dividing by constants into the linear operations before them.
///
///     before   x ─ Dense(w, b) ─ · c ─ + d ─ y
///     after    x ─ Dense(w·c, b·c + d) ─ y
///
/// The constant is one number or varies along the channels. Requirements and exactness are those of `FoldBatchNormalization`.
package struct FoldArithmetic: Pass {
    package let name = "fold-arithmetic"
    package let summary = "Folds arithmetic with constants into the linear layers before it."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let affine = AffineNode(node, in: graph), !affine.isBatchNormalization else {
            return .none
        }
        return try affine.foldedIntoProducers(in: graph)
    }
}
