import GraphIR

/// Lets a matrix product read a matrix the other way round.
///
///     before   a ─ Transpose(0, 2, 1) ─ BatchMatMul(·, b) ─ y
///     after    a ─ BatchMatMul(adjoint a, b) ─ y
///
/// Requires a transposition of the last two axes alone. Exact.
package struct FoldTransposeIntoProduct: Pass {
    package let name = "fold-transpose-into-product"
    package let summary = "Lets matrix products read transposed matrices as they are."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .batchMatMul(var product) = node.op else { return .none }
        let sources = node.inputs.map { source(of: $0, in: graph) }
        guard sources.contains(where: { $0 != nil }) else { return .none }
        if sources[0] != nil { product.adjointA.toggle() }
        if sources[1] != nil { product.adjointB.toggle() }
        let inputs = zip(node.inputs, sources).map { $1 ?? $0 }
        return try .replacing(node, in: graph) { try $0.add(product.op, inputs) }
    }

    /// The value that a transposition of the last two axes reads, if nothing else needs its result.
    private func source(of value: ValueID, in graph: Graph) -> ValueID? {
        guard let producer = graph.soleProducer(of: value),
            case .transpose(let payload) = producer.op
        else { return nil }
        var swapped = Array(payload.permutation.indices)
        guard swapped.count >= 2 else { return nil }
        swapped.swapAt(swapped.count - 1, swapped.count - 2)
        return payload.permutation == swapped ? producer.inputs[0] : nil
    }
}
