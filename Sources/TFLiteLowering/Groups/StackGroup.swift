import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// Values that get an axis along which they are joined, as PACK.
    ///
    ///     a ─ Reshape [N, 1, C] ─┐
    ///     b ─ Reshape [N, 1, C] ─┴ Concatenate(1)        PACK(a, b)
    func stackGroup(_ node: Node) -> OperatorGroup? {
        guard case .concatenate(let join) = node.op, node.inputs.count > 1 else {
            return nil
        }
        let reshapes = node.inputs.compactMap { input -> Node? in
            guard let reshape = producer(of: input), case .reshape = reshape.op,
                constant(reshape.inputs[0]) == nil
            else { return nil }
            var shape = self[input].shape.dims
            guard shape.remove(at: join.axis) == 1, self[reshape.inputs[0]].shape.dims == shape
            else { return nil }
            return reshape
        }
        guard reshapes.count == node.inputs.count else { return nil }
        return OperatorGroup(
            members: [node.id], bypassed: reshapes.map(\.id), builtin: .pack,
            inputs: reshapes.map { .value($0.inputs[0]) }, outputs: [node.output],
            options: PackOptions(inputCount: reshapes.count, axis: join.axis))
    }
}
