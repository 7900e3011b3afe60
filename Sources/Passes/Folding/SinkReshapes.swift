import GraphIR
import Tensors

/// Moves reshapes behind operations that work on elements, so that they meet and cancel.
///
///     before   x ─ Conv2D ─ Reshape ─ ReLU ─ Reshape ─ Conv2D ─ y
///     after    x ─ Conv2D ─ ReLU ─ Conv2D ─ y
///
/// One-dimensional layers are imported as two-dimensional ones between reshapes; this pass and `merge-reshapes` leave one pair
/// around a chain of them. Handles functions of elements, arithmetic with constants along the last axes, batch normalization,
/// arithmetic of two tensors reshaped alike, concatenation and padding along an axis that the reshape keeps, functions of the last axis,
/// and products of matrices that both got an axis of extent 1. The reshaped
/// value must have no other use. Exact.
package struct SinkReshapes: Pass {
    package let name = "sink-reshapes"
    package let summary = "Moves reshapes behind elementwise operations, concatenations and pads."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard node.outputs.count == 1, graph[node.output].shape.canBeReshapeTarget,
            let (input, source) = reshapedInput(of: node, in: graph)
        else { return .none }
        return try .replacing(node, in: graph) { patch in
            try moved(node, input, source, graph, patch).map {
                try patch.add(Reshape(graph[node.output].shape.dims).op, [$0])
            }
        }
    }

    /// The operation on what was reshaped; nil if it does something else there.
    private func moved(
        _ node: Node, _ input: ValueID, _ source: ValueID, _ graph: Graph, _ patch: PatchWriter
    ) throws -> ValueID? {
        if graph.axes(of: node).layout == .free {
            return try arithmetic(node, input, source, graph, patch)
        } else if case .batchNormalization(var payload) = node.op {
            guard let axis = graph[input].shape.axis(payload.axis, in: graph[source].shape) else {
                return nil
            }
            payload.axis = axis
            return try patch.add(payload.op, [source] + node.inputs.dropFirst())
        } else if case .concatenate(let payload) = node.op {
            return try concatenation(node, payload.axis, graph, patch)
        } else if case .pad(let payload) = node.op {
            return try padding(node, payload, input, source, graph, patch)
        } else if [.softmax, .logSoftmax, .l2Normalization].contains(node.op.kind) {
            let extent = graph[input].shape[-1]
            guard extent != Shape.free, extent == graph[source].shape[-1] else { return nil }
            return try patch.add(node.op, [source])
        } else if case .batchMatMul = node.op {
            return try product(node, graph, patch)
        }
        return nil
    }

    /// The first input made by a reshape of a tensor, and that tensor.
    private func reshapedInput(of node: Node, in graph: Graph) -> (ValueID, ValueID)? {
        for input in node.inputs {
            if let source = source(of: input, in: graph) { return (input, source) }
        }
        return nil
    }

    private func source(of value: ValueID, in graph: Graph) -> ValueID? {
        guard let producer = graph.soleProducer(of: value), case .reshape = producer.op,
            !graph.isConstant(producer.inputs[0])
        else { return nil }
        return producer.inputs[0]
    }

    private func arithmetic(
        _ node: Node, _ input: ValueID, _ source: ValueID, _ graph: Graph, _ patch: PatchWriter
    ) throws -> ValueID? {
        guard graph[node.output].shape == graph[input].shape else { return nil }
        var inputs: [ValueID] = []
        for operand in node.inputs {
            if operand == input {
                inputs.append(source)
            } else if graph[operand].shape == graph[input].shape,
                let other = self.source(of: operand, in: graph),
                graph[other].shape == graph[source].shape
            {
                inputs.append(other)
            } else if let constant = graph.constant(operand),
                let moved = moved(constant, from: graph[input].shape, to: graph[source].shape)
            {
                inputs.append(patch.constant(moved, inPlaceOf: operand))
            } else {
                return nil
            }
        }
        return try patch.add(node.op, inputs)
    }

    /// A constant operand of the reshaped tensor as one of the tensor before; nil if it varies along other axes than the last
    /// ones, which both have in common as one.
    private func moved(_ constant: Constant, from input: Shape, to source: Shape) -> Constant? {
        let count = constant.shape.elementCount
        if count == 1 { return constant.reshaped([]) }
        let dims = Array(constant.shape.dims.drop { $0 == 1 })
        guard dims == Array(input.dims.suffix(dims.count)) else { return nil }
        for rank in 1...max(source.rank, 1) {
            let suffix = Shape(Array(source.dims.suffix(rank)))
            guard suffix.isStatic, suffix.elementCount <= count else { return nil }
            if suffix.elementCount == count { return constant.reshaped(suffix) }
        }
        return nil
    }

    private func concatenation(
        _ node: Node, _ axis: Int, _ graph: Graph, _ patch: PatchWriter
    ) throws -> ValueID? {
        var sources: [ValueID] = []
        var joined: Int?
        for input in node.inputs {
            guard let source = source(of: input, in: graph),
                let sourceAxis = graph[input].shape.axis(axis, in: graph[source].shape),
                joined == nil || joined == sourceAxis
            else { return nil }
            joined = sourceAxis
            sources.append(source)
        }
        guard let joined, !isStack(node, axis, graph) else { return nil }
        let others = sources.map { id in
            graph[id].shape.dims.enumerated().map { $0.offset == joined ? 0 : $0.element }
        }
        guard others.allSatisfy({ $0 == others[0] }) else { return nil }
        return try patch.add(Concatenate(axis: joined).op, sources)
    }

    /// Whether the reshapes insert nothing but the axis along which they are joined, which is one operator of the runtime.
    private func isStack(_ node: Node, _ axis: Int, _ graph: Graph) -> Bool {
        node.inputs.allSatisfy { input in
            var dims = graph[input].shape.dims
            let inserted = dims.remove(at: axis)
            return inserted == 1
                && source(of: input, in: graph).map { graph[$0].shape.dims } == dims
        }
    }

    /// The product without an axis of extent 1 that both matrices got.
    private func product(
        _ node: Node, _ graph: Graph, _ patch: PatchWriter
    ) throws -> ValueID? {
        let sources = node.inputs.compactMap { source(of: $0, in: graph) }
        guard sources.count == 2, node.inputs[0] != node.inputs[1] else { return nil }
        let shapes = node.inputs.map { graph[$0].shape.dims }
        guard shapes[0].count == shapes[1].count, shapes[0].count > 2 else { return nil }
        let inserted = (0..<shapes[0].count - 2).first { axis in
            zip(shapes, sources).allSatisfy { shape, source in
                var dims = shape
                return dims.remove(at: axis) == 1 && graph[source].shape.dims == dims
            }
        }
        return inserted == nil ? nil : try patch.add(node.op, sources)
    }

    private func padding(
        _ node: Node, _ payload: Pad, _ input: ValueID, _ source: ValueID, _ graph: Graph,
        _ patch: PatchWriter
    ) throws -> ValueID? {
        let (target, shape) = (graph[input].shape, graph[source].shape)
        var amounts = [PadAmount].none(rank: shape.rank)
        for (axis, amount) in payload.amounts.enumerated() where amount != .none {
            guard target.dims[axis] != 1, let mapped = target.axis(axis, in: shape) else {
                return nil
            }
            amounts[mapped] = amount
        }
        return try patch.add(Pad(amounts, value: payload.value).op, [source])
    }
}
