import Evaluation
import GraphIR
import Problems
import Tensors

/// Computes operations on constants.
///
///     before   c ─ Transpose ─ · d ─ y
///     after    e = y
///
/// Reordering is done on the view and reads nothing; everything else is evaluated. A result that is larger than its inputs by more
/// than `largestGrowth` bytes is left to run time, and so is an operation that cannot be evaluated. Exact up to rounding.
package struct FoldConstants: Pass {
    package let name = "fold-constants"
    package let summary = "Computes operations on constants."

    /// Bytes by which a constant may exceed those it is made of.
    static let largestGrowth = 1 << 16

    package init() {}

    package func patch(for node: Node, in graph: Graph) throws -> GraphPatch? {
        guard !node.inputs.isEmpty, node.inputs.allSatisfy({ graph.isConstant($0) }),
            node.outputs.allSatisfy({ graph[$0].shape.isStatic && graph[$0].dtype != .string })
        else { return nil }
        let constants = node.inputs.compactMap { graph.constant($0) }
        let before = constants.reduce(0) { $0 + $1.byteCount }
        let after = node.outputs.reduce(0) {
            $0 + graph[$1].shape.elementCount * graph[$1].dtype.byteCount
        }
        guard after <= before + Self.largestGrowth,
            let results = view(node, constants[0], graph) ?? values(node, constants)
        else { return nil }
        var patch = GraphPatch(for: graph)
        for (output, result) in zip(node.outputs, results) {
            patch.replace(output, with: patch.constant(result, name: graph[output].name))
        }
        return patch
    }

    /// The result as a view of the input; nil for operations that are no reordering.
    private func view(_ node: Node, _ input: Constant, _ graph: Graph) -> [Constant]? {
        switch node.op {
        case .reshape: return [input.reshaped(graph[node.output].shape)]
        case .transpose(let payload): return [input.permuted(payload.permutation)]
        case .broadcast(let payload): return [input.broadcast(to: Shape(payload.shape))]
        case .slice(let payload) where payload.strides.allSatisfy({ $0 == 1 }):
            var result = input
            for (axis, size) in graph[node.output].shape.dims.enumerated() {
                result = result.sliced(
                    payload.begin[axis]..<payload.begin[axis] + size, axis: axis)
            }
            return [result]
        default: return nil
        }
    }

    private func values(_ node: Node, _ inputs: [Constant]) -> [Constant]? {
        guard let results = try? node.op.evaluate(inputs: inputs.map { $0.tensor() }) else {
            return nil
        }
        return results.map { Constant($0) }
    }
}
