import GraphIR
import Tensors

/// Moves transpositions behind operations that work in any layout, so that they meet and cancel.
///
///     before   x ─ Transpose(p) ─ ReLU ─ y
///     after    x ─ ReLU ─ Transpose(p) ─ y
///
/// A channels_first model is imported as channels_last operations between transpositions; this pass and `merge-transposes`
/// leave one pair around the whole model. Operations with several inputs need all of them transposed alike, constant, or of a
/// shape that the transposition back only relabels. If the transposed value has other readers, these must be able to take part
/// too, and one of them at most makes an output of the model: each output would need a transposition of its own. Exact.
package struct SinkTransposes: Pass {
    package let name = "sink-transposes"
    package let summary =
        "Moves transpositions behind elementwise operations, concatenations, pads and reductions."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard let (value, permutation) = transposedInput(of: node, in: graph),
            !graph.isOutput(value) || graph.useCount(of: value) == 1,
            graph.users(of: value).allSatisfy({ canTakePart($0, permutation, in: graph) }),
            graph.users(of: value).count(where: { graph.isOutput($0.output) }) <= 1,
            let moved = moved(node, permutation, in: graph)
        else { return .none }
        let areAlike = moved.layout == .free || graph.linearity(of: node) == .joining
        guard areAlike || node.inputs[0] == value else { return .none }
        return try .replacing(node, in: graph) { patch in
            var inputs = node.inputs
            for position in areAlike ? Array(inputs.indices) : [0] {
                guard let source = try before(inputs[position], permutation, graph, patch)
                else { return nil }
                inputs[position] = source
            }
            return try patch.transpose(patch.add(moved.op, inputs), moved.permutation)
        }
    }

    private func transposedInput(of node: Node, in graph: Graph) -> (ValueID, [Int])? {
        for input in node.inputs {
            if let producer = graph.producer(of: input), case .transpose(let payload) = producer.op
            {
                return (input, payload.permutation)
            }
        }
        return nil
    }

    private func canTakePart(_ user: Node, _ permutation: [Int], in graph: Graph) -> Bool {
        if case .transpose = user.op { return true }
        return moved(user, permutation, in: graph) != nil
    }

    /// The operation that does on x what a node does on x transposed.
    private struct Moved {
        var op: Op
        /// The order in which its result is then transposed.
        var permutation: [Int]
        var layout: AxisMap.Layout
    }

    /// The node's operation on an input that is not transposed; nil if there is none.
    private func moved(_ node: Node, _ permutation: [Int], in graph: Graph) -> Moved? {
        guard node.outputs.count == 1 else { return nil }
        let payload = node.op.payload
        var types = graph.types(of: node.inputs)
        let axes = payload.axes(for: types)
        if axes.layout == .free {
            return Moved(op: node.op, permutation: permutation, layout: .free)
        }
        guard types[0].shape.rank == permutation.count else { return nil }
        switch axes.layout {
        case .free, .fixed: return nil
        case .interchangeable:
            let staysInPlace = permutation.indices.allSatisfy {
                axes.origins[$0] == .same($0) || permutation[$0] == $0
            }
            guard axes.origins.count == permutation.count, staysInPlace else { return nil }
            return Moved(op: node.op, permutation: permutation, layout: axes.layout)
        case .named:
            var mover = AxisPermutation(permutation)
            let op = payload.visited(by: &mover)
            types[0].shape = Shape(inverse(permutation).map { types[0].shape.dims[$0] })
            let sources = op.payload.axes(for: types).origins.map(\.axis)
            let order = axes.origins.compactMap { origin in
                origin.axis.flatMap { sources.firstIndex(of: permutation[$0]) }
            }
            guard order.count == axes.origins.count else { return nil }
            return Moved(op: op, permutation: order, layout: axes.layout)
        }
    }

    private func inverse(_ permutation: [Int]) -> [Int] {
        permutation.indices.sorted { permutation[$0] < permutation[$1] }
    }

    /// The value that becomes `input` when it is transposed; nil if that would take a new transposition.
    private func before(
        _ input: ValueID, _ permutation: [Int], _ graph: Graph, _ patch: PatchWriter
    ) throws -> ValueID? {
        if let producer = graph.producer(of: input), case .transpose(let payload) = producer.op,
            payload.permutation == permutation
        {
            return producer.inputs[0]
        }
        let shape = graph[input].shape
        guard shape.rank <= permutation.count else { return nil }
        let missing = [Int](repeating: 1, count: permutation.count - shape.rank)
        let full = Shape(missing + shape.dims)
        let back = inverse(permutation)
        let target = Shape(back.map { full.dims[$0] })
        if let constant = graph.constant(input) {
            if constant.shape.elementCount == 1 { return input }
            let turned = constant.reshaped(full).permuted(back)
            return patch.constant(turned, inPlaceOf: input)
        }
        guard full.keepsOrder(under: back), target.canBeReshapeTarget else { return nil }
        return try patch.reshape(input, target.dims)
    }
}
