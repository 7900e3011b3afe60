import GraphIR
import Tensors

/// Computes linear layers of one input as one if their results are joined along the channels.
///
///     before   x ─ Conv2D(w) ─┐
///              x ─ Conv2D(v) ─┴ Concatenate ─ y
///     after    x ─ Conv2D(w, then v) ─ y
///
/// The layers have the same kind, attributes and activation, and no other readers; they may be neighbours among further inputs of the
/// concatenation. Exact.
package struct MergeSiblingLayers: Pass {
    package let name = "merge-sibling-layers"
    package let summary =
        "Computes convolutions and dense layers of one input as one if they are joined."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .concatenate(let join) = node.op, join.axis == graph[node.output].shape.rank - 1
        else { return .none }
        let layers = node.inputs.map { linear($0, in: graph) }
        for start in layers.indices {
            guard let first = layers[start] else { continue }
            let siblings = layers[start...].prefix { $0?.isSibling(of: first) == true }
                .compactMap { $0 }
            let size = siblings.reduce(0) { $0 + $1.filter.shape.elementCount }
            guard siblings.count > 1, size <= context.budget.weightElements / 4 else { continue }
            return try .replacing(node, in: graph) { patch in
                let merged = try merge(siblings, patch)
                var inputs = node.inputs
                inputs.replaceSubrange(start..<start + siblings.count, with: [merged])
                if inputs.count == 1 { return merged }
                return try patch.add(join.op, inputs)
            }
        }
        return .none
    }

    /// The linear layer that makes a value which nothing else reads; nil for depthwise convolutions and groups.
    private func linear(_ value: ValueID, in graph: Graph) -> LinearNode? {
        guard let node = graph.soleProducer(of: value), let linear = LinearNode(node, in: graph),
            linear.mixesChannels(in: graph), graph[value].trainedRange == nil
        else { return nil }
        return linear
    }

    private func merge(_ layers: [LinearNode], _ patch: PatchWriter) throws -> ValueID {
        let first = layers[0]
        var shape = first.filter.shape
        shape[0] = layers.reduce(0) { $0 + $1.outputChannels }
        let filter = Constant(layers.flatMap { $0.filter.doubles() }, shape)
        return try first.rebuilt(
            input: first.node.inputs[0], filter: filter, bias: layers.flatMap(\.biasValues),
            patch: patch)
    }
}

extension LinearNode {
    /// Whether another layer does the same on the same input with other weights.
    fileprivate func isSibling(of other: LinearNode) -> Bool {
        node.op == other.node.op && node.inputs[0] == other.node.inputs[0]
            && filter.shape.dims.dropFirst() == other.filter.shape.dims.dropFirst()
    }
}
