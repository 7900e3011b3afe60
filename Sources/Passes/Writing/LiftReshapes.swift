import GraphIR
import Tensors

/// Moves reshapes that drop axes of extent 1 back to what made them, with which they are one operator.
///
///     before   x ─ Slice [N, 1, C] ─ tanh ─ Reshape [N, C] ─ y
///     after    x ─ Slice [N, 1, C] ─ Reshape [N, C] ─ tanh ─ y
///
/// The same for rows that are repeated as images (`RewriteRowResizes`). Passes functions of elements and of the last axis,
/// arithmetic with constants and that of several slices, if no value between has another use. Exact.
package struct LiftReshapes: Pass {
    package let name = "lift-reshapes"
    package let summary =
        "Moves reshapes that drop axes back to the slices and repetitions that made them."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard case .reshape = node.op, graph[node.output].shape.canBeReshapeTarget,
            let function = graph.soleProducer(of: node.inputs[0]),
            !joinsReshape(function, in: graph),
            dropsAxes(node, in: graph), isLiftable(node.inputs[0], like: node, in: graph)
        else { return .none }
        return try .replacing(node, in: graph) { patch in
            try lifted(node.inputs[0], node, graph, patch)
        }
    }

    /// Whether the last axis stays, and nothing but axes of extent 1 goes.
    private func dropsAxes(_ node: Node, in graph: Graph) -> Bool {
        let (x, y) = (graph[node.inputs[0]].shape.dims, graph[node.output].shape.dims)
        return y.count < x.count && x.last == y.last
            && x.filter { $0 != 1 } == y.filter { $0 != 1 }
    }

    private func isLiftable(_ value: ValueID, like node: Node, in graph: Graph) -> Bool {
        guard let producer = graph.soleProducer(of: value), producer.outputs.count == 1,
            graph[value].shape == graph[node.inputs[0]].shape
        else { return false }
        if joinsReshape(producer, in: graph) { return true }
        let isOfLastAxis = [.softmax, .logSoftmax, .l2Normalization].contains(producer.op.kind)
        guard isOfLastAxis || graph.axes(of: producer).layout == .free else { return false }
        return producer.inputs.contains { !graph.isConstant($0) }
            && producer.inputs.allSatisfy { input in
                graph.isConstant(input)
                    ? graph[input].shape.rank <= 1 : isLiftable(input, like: node, in: graph)
            }
    }

    private func lifted(
        _ value: ValueID, _ node: Node, _ graph: Graph, _ patch: PatchWriter
    ) throws -> ValueID {
        guard let producer = graph.producer(of: value), !joinsReshape(producer, in: graph)
        else {
            return try patch.add(node.op, [value])
        }
        let inputs = try producer.inputs.map {
            graph.isConstant($0) ? $0 : try lifted($0, node, graph, patch)
        }
        return try patch.copy(producer, inputs: inputs)
    }

    /// Whether the runtime has one operator for the node and a reshape behind it that drops axes.
    private func joinsReshape(_ node: Node, in graph: Graph) -> Bool {
        if case .resize = node.op {
            return graph.producer(of: node.inputs[0])?.op.kind == .reshape
        }
        return [.slice, .boundedSlice, .reverse].contains(node.op.kind)
    }
}
