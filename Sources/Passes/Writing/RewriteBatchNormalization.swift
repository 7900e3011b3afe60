import GraphIR
import Tensors

/// Turns a batch normalization that nothing could take up into operators of the runtime.
///
///     before   x ─ BatchNormalization(γ, β, μ, σ²) ─ y
///     after    x ─ DepthwiseConv2D 1×1 (k, β − μ·k) ─ y       rank 4, along the last axis
///              x ─ · k ─ + (β − μ·k) ─ y                      otherwise
///
/// One depthwise convolution reads and writes the tensor once, and an activation behind it costs nothing. Runs after all
/// folding and notes why the normalization was left. Exact up to rounding.
package struct RewriteBatchNormalization: Pass {
    package let name = "rewrite-batch-norm"
    package let summary =
        "Turns remaining batch normalizations into 1×1 depthwise convolutions or MUL and ADD."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let affine = AffineNode(node, in: graph), affine.isBatchNormalization,
            let function = affine.parameters(in: graph)
        else { return .none }
        let reason = context.refusals[node.id] ?? "folding is switched off"
        return try .replacing(node, in: graph) { patch in
            try operators(for: affine, function, patch)
        }.noting(reason)
    }

    private func operators(
        for affine: AffineNode, _ function: Affine, _ patch: PatchWriter
    ) throws -> ValueID {
        let x = affine.input
        let shape = patch.shape(of: x)
        guard !function.scalesNothing, !function.shiftsNothing else {
            return try patch.addAffine(function, axis: affine.axis, to: x)
        }
        if shape.rank == 4, affine.axis ?? 3 == 3, shape[3] != Shape.free {
            let channels = shape[3]
            let full = function.expanded(to: channels)
            let filter = patch.constant(Constant(full.scale, [1, 1, 1, channels]), role: "scale")
            let bias = patch.constant(Constant(full.shift, [channels]), role: "shift")
            return try patch.add(DepthwiseConv2D().op, [x, filter, bias])
        }
        let scaled = try patch.addArithmetic(.multiply, function.scale, axis: affine.axis, to: x)
        return try patch.addArithmetic(.add, function.shift, axis: affine.axis, to: scaled)
    }
}
