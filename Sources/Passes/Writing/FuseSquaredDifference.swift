import GraphIR

/// Computes the square of a difference with one operator.
///
///     before   a, b ─ subtract ─ square ─ y
///     after    a, b ─ squaredDifference ─ y
///
/// The square may be spelled as a product with itself. The difference must have no other use. Exact.
package struct FuseSquaredDifference: Pass {
    package let name = "fuse-squared-difference"
    package let summary = "Computes squares of differences with one operator."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let reads = reads(node), graph.useCount(of: node.inputs[0]) == reads,
            let difference = graph.producer(of: node.inputs[0]),
            difference.op == .binary(Binary(.subtract)), graph[node.output].dtype == .float32
        else { return .none }
        return try .replacing(node, in: graph) { patch in
            try patch.add(.binary(Binary(.squaredDifference)), difference.inputs)
        }
    }

    /// How often a node reads what it squares; nil if it is not a square.
    private func reads(_ node: Node) -> Int? {
        if case .unary(let unary) = node.op { return unary.kind == .square ? 1 : nil }
        let isProduct = node.op == .binary(Binary(.multiply)) && node.inputs[0] == node.inputs[1]
        return isProduct ? 2 : nil
    }
}
