import GraphIR
import Tensors

/// Folds a batch normalization or arithmetic with constants into the linear operation behind it.
///
///     before   x ─ · s ─ + t ─ Conv2D(w, b, valid) ─ y
///     after    x ─ Conv2D(w·s, b + Σ w·t) ─ y
///
/// If the convolution pads with zeros, these zeros stand behind the shift and t must not move; then only the scale does:
///
///     before   x ─ BatchNormalization(s, t) ─ Conv2D(w, b, same) ─ y
///     after    x ─ + t/s ─ Conv2D(w·s, b) ─ y
///
/// A function before a concatenation folds into the channels that it reaches, and a positive scale passes ReLU. The result of the
/// function must have no other use. Exact up to rounding.
package struct FoldIntoConsumer: Pass {
    package let name = "fold-into-consumer"
    package let summary =
        "Folds scalings and shifts into the linear layers behind them where padding allows."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let affine = AffineNode(node, in: graph),
            let folding = ConsumerFolding(node.output, axis: affine.axis, in: graph),
            let function = affine.function(in: graph)
        else { return .none }
        let limit = context.budget.weightElements
        let patch = PatchWriter(for: node, in: graph)
        if let result = try folding.build(
            function, from: affine.input, reading: limit, patch: patch)
        {
            return .patch(patch.replacing(folding.linear.node, by: result))
        }
        return try scaleFolded(function, affine, folding, reading: limit, in: graph)
    }

    private func scaleFolded(
        _ function: Affine, _ affine: AffineNode, _ folding: ConsumerFolding,
        reading limit: Int, in graph: Graph
    ) throws -> Outcome {
        // With an activation, scale and shift are one operator; the shift alone would be one, too.
        guard !function.scalesNothing, !function.shiftsNothing, !folding.passesActivation else {
            return .none
        }
        let shift = zip(function.shift, function.scale).map { $0 / $1 }
        guard shift.allSatisfy({ $0.isFinite && abs($0) < 1e6 }) else { return .none }
        let patch = PatchWriter(for: affine.node, in: graph)
        let shifted = try patch.addArithmetic(.add, shift, axis: affine.axis, to: affine.input)
        guard
            let result = try folding.build(
                function.scaleOnly, from: shifted, reading: limit, patch: patch)
        else { return .none }
        return .patch(patch.replacing(folding.linear.node, by: result))
    }
}
