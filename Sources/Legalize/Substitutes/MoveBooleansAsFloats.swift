import GraphIR
import TFLiteFormat
import Targets
import Tensors

/// Moves truth values as floats if the operator of a target takes floats only.
///
///     before   x: bool ─ Transpose ─ y
///     after    x ─ Cast(float32) ─ Transpose ─ ≠ 0 ─ y
///
/// Exact.
struct MoveBooleansAsFloats: Expansion {
    let name = "move-booleans-as-floats"

    func patch(for node: Node, in graph: Graph, _ target: Target) throws -> GraphPatch? {
        guard let (builtin, moved) = node.movedInputs, graph[node.output].dtype == .bool,
            target.takes(.float32, builtin), !target.takes(.bool, builtin)
        else { return nil }
        return try GraphPatch(replacing: node, in: graph) { patch in
            var inputs = node.inputs
            for index in moved {
                inputs[index] = try patch.cast(inputs[index], to: .float32)
            }
            return try patch.binary(.notEqual, patch.add(node.op, inputs), 0)
        }
    }
}

extension Node {
    /// The operator of a node that moves elements of any type, and the inputs whose elements it moves.
    fileprivate var movedInputs: (builtin: BuiltinOperator, inputs: Range<Int>)? {
        if case .transpose = op { return (.transpose, 0..<1) }
        if case .gather = op { return (.gather, 0..<1) }
        if case .select = op { return (.selectV2, 1..<3) }
        if case .pad(let pad) = op { return (pad.value == 0 ? .pad : .padV2, 0..<1) }
        return nil
    }
}
