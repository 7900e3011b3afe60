import GraphIR
import Tensors

/// Moves transpositions behind operations that do not care, so that they meet and cancel.
///
///     before   x ─ Transpose(p) ─ ReLU ─ y
///     after    x ─ ReLU ─ Transpose(p) ─ y
///
/// A channels_first model is imported as channels_last operations between transpositions; this pass and `merge-transposes`
/// leave one pair around the whole model. Operations with several inputs need all of them transposed alike, constant, or of a
/// shape that the transposition back only relabels. Where the transposed value has other readers, these must be able to take part too.
/// Exact.
package struct SinkTransposes: Pass {
    package let name = "sink-transposes"
    package let summary =
        "Moves transpositions behind elementwise operations, concatenations, pads and reductions."

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard let (value, permutation) = transposedInput(of: node, in: graph),
            node.outputs.count == 1, !graph.isOutput(value) || graph.useCount(of: value) == 1,
            graph.users(of: value).allSatisfy({ canTakePart($0, permutation) }),
            let moved = Self.moved(node, permutation, in: graph)
        else { return nil }
        var patch = GraphPatch(for: graph)
        var inputs: [ValueID] = []
        for input in node.inputs {
            guard let source = try Self.beforeTranspose(input, permutation, node, graph, &patch)
            else { return nil }
            inputs.append(source)
        }
        var result = try patch.add(moved.op, inputs, layer: node.layer)
        if moved.permutation != Array(moved.permutation.indices) {
            result = try patch.add(
                Transpose(moved.permutation).op, [result], layer: node.layer)
        }
        patch.replace(node.output, with: result)
        return patch
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

    private func canTakePart(_ user: Node, _ permutation: [Int]) -> Bool {
        if case .transpose = user.op { return true }
        return user.outputs.count == 1 && Self.movedOperation(user.op, permutation) != nil
    }

    /// The operation on inputs that are not transposed and the order in which its result is then transposed.
    private static func moved(
        _ node: Node, _ permutation: [Int], in graph: Graph
    ) -> (op: Op, permutation: [Int])? {
        guard let op = movedOperation(node.op, permutation) else { return nil }
        guard case .reduce(let payload) = node.op, !payload.keepDimensions else {
            return (op, permutation)
        }
        let kept = permutation.indices.filter { !payload.axes.contains($0) }.map { permutation[$0] }
        let order = kept.sorted()
        return (op, kept.compactMap { order.firstIndex(of: $0) })
    }

    /// The operation that does on x what `op` does on x transposed; nil where none does.
    private static func movedOperation(_ op: Op, _ permutation: [Int]) -> Op? {
        let last = permutation.indices.last
        switch op {
        case .unary, .leakyReLU, .gelu, .cast, .binary, .prelu, .select: return op
        case .softmax, .logSoftmax, .l2Normalization:
            return last.map { permutation[$0] } == last ? op : nil
        case .batchNormalization(var payload):
            payload.axis = permutation[payload.axis]
            return payload.op
        case .concatenate(let payload):
            return Concatenate(axis: permutation[payload.axis]).op
        case .reduce(var payload):
            payload.axes = payload.axes.map { permutation[$0] }.sorted()
            return payload.op
        case .pad(var payload):
            payload.amounts = unpermuted(payload.amounts, permutation)
            return payload.op
        case .mirrorPad(var payload):
            payload.amounts = unpermuted(payload.amounts, permutation)
            return payload.op
        case .slice(var payload):
            payload.begin = unpermuted(payload.begin, permutation)
            payload.sizes = unpermuted(payload.sizes, permutation)
            payload.strides = unpermuted(payload.strides, permutation)
            return payload.op
        case .tile(let payload): return Tile(unpermuted(payload.multiples, permutation)).op
        case .reverse(let payload):
            return Reverse(axes: payload.axes.map { permutation[$0] }.sorted()).op
        default: return nil
        }
    }

    private static func unpermuted<Element>(
        _ elements: [Element], _ permutation: [Int]
    ) -> [Element] {
        inverse(permutation).map { elements[$0] }
    }

    private static func inverse(_ permutation: [Int]) -> [Int] {
        permutation.indices.sorted { permutation[$0] < permutation[$1] }
    }

    /// The value that becomes `input` when it is transposed; nil where that would take a new transposition.
    private static func beforeTranspose(
        _ input: ValueID, _ permutation: [Int], _ node: Node, _ graph: Graph,
        _ patch: inout GraphPatch
    ) throws -> ValueID? {
        if let producer = graph.producer(of: input), case .transpose(let payload) = producer.op,
            payload.permutation == permutation
        {
            return producer.inputs[0]
        }
        if case .batchNormalization = node.op { return input }
        let shape = graph[input].shape
        guard shape.rank <= permutation.count else { return nil }
        let missing = [Int](repeating: 1, count: permutation.count - shape.rank)
        let full = Shape(missing + shape.dims)
        let back = inverse(permutation)
        let target = Shape(back.map { full.dims[$0] })
        if let constant = graph.constant(input) {
            if constant.shape.elementCount == 1 { return input }
            let turned = constant.reshaped(full).permuted(back)
            return patch.constant(turned, name: graph[input].name)
        }
        guard full.keepsOrder(under: back), target.canBeReshapeTarget else { return nil }
        return target == shape
            ? input : try patch.add(Reshape(target.dims).op, [input], layer: node.layer)
    }
}
