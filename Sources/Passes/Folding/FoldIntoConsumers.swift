import GraphIR

/// Folds a batch normalization or arithmetic with constants into all the linear operations that read it.
///
///     before   x ─ · s ─ + t ─┬ Dense(w)          after    x ─┬ Dense(w·s, w·t)
///                             └ Dense(v)                      └ Dense(v·s, v·t)
///
/// The scale and offset of a layer normalization before the projections of an attention are the usual case. Every reader has to take
/// up all of the function, as in `FoldIntoConsumer`. Exact up to rounding.
package struct FoldIntoConsumers: Pass {
    package let name = "fold-into-consumers"
    package let summary = "Folds scalings and shifts into several linear layers that read them."

    private static let mostReaders = 16

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let affine = AffineNode(node, in: graph) else { return .none }
        let readers = graph.users(of: node.output)
        guard (2...Self.mostReaders).contains(readers.count),
            graph.useCount(of: node.output) == readers.count,
            Set(readers.map(\.id)).count == readers.count
        else { return .none }
        var ways: [ConsumerFolding] = []
        for reader in readers {
            guard
                let way = ConsumerFolding(
                    node.output, axis: affine.axis, reader: reader, in: graph),
                way.readsOnlyConstants(in: graph)
            else { return .none }
            ways.append(way)
        }
        guard let function = affine.function(in: graph) else { return .none }
        let patch = PatchWriter(for: node, in: graph)
        for way in ways {
            guard
                let result = try way.build(
                    function, from: affine.input, reading: context.budget.weightElements,
                    patch: patch)
            else { return .none }
            patch.replace(way.linear.node.output, with: result)
        }
        return .patch(patch.patch)
    }
}
