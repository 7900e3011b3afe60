import GraphIR
import Tensors

/// Lets reductions keep or drop axes of extent 1 themselves.
///
///     before   x ─ Reduce(axes) ─ Reshape(putting axes of extent 1 back) ─ y
///     after    x ─ Reduce(axes, keepDimensions) ─ y
///
///     before   x ─ Reshape(inserting or dropping axes of extent 1) ─ Reduce(axes) ─ y
///     after    x ─ Reduce(the same axes of x, and its axes of extent 1) ─ y
///
/// Exact: an axis of extent 1 changes no reduction.
package struct MergeReductionsWithReshapes: Pass {
    package let name = "merge-reductions-with-reshapes"
    package let summary = "Lets reductions keep or drop axes of extent 1 themselves."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        if case .reshape = node.op { return try keepingAxes(node, in: graph) }
        guard case .reduce(let reduce) = node.op else { return .none }
        return try readingThroughReshape(node, reduce, in: graph)
    }

    private func keepingAxes(_ node: Node, in graph: Graph) throws -> Outcome {
        guard let producer = graph.soleProducer(of: node.inputs[0]),
            case .reduce(var reduce) = producer.op, !reduce.keepDimensions
        else { return .none }
        reduce.keepDimensions = true
        let input = producer.inputs[0]
        guard try reduce.outputTypes(for: [graph[input].type]) == [graph[node.output].type] else {
            return .none
        }
        return try .replacing(node, in: graph) {
            try $0.add(reduce.op, [input], layer: producer.layer)
        }
    }

    private func readingThroughReshape(
        _ node: Node, _ reduce: Reduce, in graph: Graph
    ) throws -> Outcome {
        guard !reduce.keepDimensions, let producer = graph.producer(of: node.inputs[0]),
            case .reshape = producer.op
        else { return .none }
        let input = producer.inputs[0]
        let (from, through) = (graph[input].shape, graph[node.inputs[0]].shape)
        guard
            let axes = axes(
                of: from, for: reduce.axes, of: through, leaving: graph[node.output].shape)
        else { return .none }
        return try .replacing(node, in: graph) {
            let op = Reduce(reduce.kind, axes: axes, keepDimensions: false).op
            return try $0.add(op, [input])
        }
    }

    /// The axes of `from` whose reduction leaves `result`, where `from` and `through` differ in axes of extent 1 only.
    private func axes(
        of from: Shape, for reduced: [Int], of through: Shape, leaving result: Shape
    ) -> [Int]? {
        let (source, target) = (wideAxes(from), wideAxes(through))
        guard source.map({ from.dims[$0] }) == target.map({ through.dims[$0] }) else { return nil }
        var axes = zip(source, target).filter { reduced.contains($1) }.map { $0.0 }
        var left = result.dims[...]
        for axis in from.dims.indices where !axes.contains(axis) {
            if left.first == from.dims[axis] {
                left.removeFirst()
            } else if from.dims[axis] == 1 {
                axes.append(axis)
            } else {
                return nil
            }
        }
        return left.isEmpty && !axes.isEmpty ? axes.sorted() : nil
    }

    private func wideAxes(_ shape: Shape) -> [Int] {
        shape.dims.indices.filter { shape.dims[$0] != 1 }
    }
}
