import Tensors

/// Shapes of a fully connected layer: input `[batch, inputs]`, filter `[outputs, inputs]`.
package struct FullyConnectedParameters: Sendable, Hashable {
    package var batch: Int
    package var inputs: Int
    package var outputs: Int
    package var activation: Clamp

    package init(batch: Int, inputs: Int, outputs: Int, activation: Clamp = .none) {
        self.batch = batch
        self.inputs = inputs
        self.outputs = outputs
        self.activation = activation
    }
}

/// Shapes of a batched matrix product with broadcasting batch dimensions.
///
/// `a` is `[…, rows, depth]` (`[…, depth, rows]` with `adjointA`), `b` is `[…, depth, columns]`
/// (`[…, columns, depth]` with `adjointB`), the result `[…, rows, columns]`.
package struct BatchMatMulParameters: Sendable {
    package let rows: Int
    package let depth: Int
    package let columns: Int
    package let adjointA: Bool
    package let adjointB: Bool
    /// Pairs the matrices; its strides count matrices.
    package let batches: BroadcastLoop

    /// Nil if the shapes have fewer than two dimensions or do not fit.
    package init?(a: Shape, b: Shape, adjointA: Bool = false, adjointB: Bool = false) {
        guard a.rank >= 2, b.rank >= 2 else { return nil }
        rows = adjointA ? a[-1] : a[-2]
        depth = adjointA ? a[-2] : a[-1]
        columns = adjointB ? b[-2] : b[-1]
        guard depth == (adjointB ? b[-1] : b[-2]),
            let batches = BroadcastLoop([
                Shape(Array(a.dims.dropLast(2))), Shape(Array(b.dims.dropLast(2))),
            ])
        else { return nil }
        self.adjointA = adjointA
        self.adjointB = adjointB
        self.batches = batches
    }

    /// The shape of the result.
    package var outputShape: Shape { Shape(batches.shape.dims + [rows, columns]) }
}
