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
/// than `Budget.constantGrowth` is left to run time, and so is an operation that cannot be evaluated. Exact up to rounding.
package struct FoldConstants: Pass {
    package let name = "fold-constants"
    package let summary = "Computes operations on constants."

    package init() {}

    package func rewrite(_ node: Node, in graph: Graph, _ context: PassContext) throws -> Outcome {
        guard !node.inputs.isEmpty, node.inputs.allSatisfy({ graph.isConstant($0) }),
            node.outputs.allSatisfy({ graph[$0].shape.isStatic && graph[$0].dtype != .string })
        else { return .none }
        let constants = node.inputs.compactMap { graph.constant($0) }
        let before = constants.reduce(0) { $0 + $1.byteCount }
        let after = node.outputs.reduce(0) {
            $0 + graph[$1].shape.elementCount * graph[$1].dtype.byteCount
        }
        guard after <= before + context.budget.constantGrowth else { return .none }
        var results = view(node, constants[0], graph)
        do {
            results =
                try results
                ?? node.op.evaluate(inputs: constants.map { $0.tensor() })
                .map { Constant($0) }
        } catch let problem as Problem where problem.isOfOperation {
            return .refused("it cannot be computed")
        }
        let patch = PatchWriter(for: node, in: graph)
        for (output, result) in zip(node.outputs, results ?? []) {
            patch.replace(output, with: patch.constant(result, inPlaceOf: output))
        }
        return .patch(patch.patch)
    }

    /// The result as a view of the input; nil for operations that do not just reorder elements.
    private func view(_ node: Node, _ input: Constant, _ graph: Graph) -> [Constant]? {
        let shape = graph[node.output].shape
        if case .reshape = node.op { return [input.reshaped(shape)] }
        if case .transpose(let payload) = node.op { return [input.permuted(payload.permutation)] }
        if case .broadcast = node.op { return [input.broadcast(to: shape)] }
        guard case .slice(let payload) = node.op, payload.strides.allSatisfy({ $0 == 1 }) else {
            return nil
        }
        return [
            shape.dims.enumerated().reduce(input) { part, extent in
                let begin = payload.begin[extent.offset]
                return part.sliced(begin..<begin + extent.element, axis: extent.offset)
            }
        ]
    }
}

extension Problem {
    /// Whether an operation cannot be computed, as opposed to a fault.
    fileprivate var isOfOperation: Bool {
        switch kind {
        case .unsupportedOperator, .tooLarge, .invalidShape: true
        default: false
        }
    }
}
