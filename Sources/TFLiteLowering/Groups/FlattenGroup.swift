import GraphIR
import TFLiteFormat
import Tensors

extension Graph {
    /// A dense layer behind a flattening, as FULLY_CONNECTED, which takes rows of weights from an input of any rank.
    ///
    ///     x [N, H, W, C] ─ Reshape [N, H·W·C] ─ FullyConnected ─ y        FULLY_CONNECTED(x) = y
    func flattenGroup(_ node: Node) -> OperatorGroup? {
        guard case .fullyConnected(let dense) = node.op, self[node.output].shape.rank == 2,
            let reshape = soleProducer(of: node.inputs[0]),
            case .reshape = reshape.op, constant(reshape.inputs[0]) == nil,
            self[reshape.inputs[0]].shape.rank > 2,
            self[reshape.inputs[0]].shape[0] == self[node.output].shape[0]
        else { return nil }
        return OperatorGroup(
            members: [reshape.id, node.id], builtin: .fullyConnected,
            inputs: [.value(reshape.inputs[0]), .value(node.inputs[1])]
                + [node.inputs.count > 2 ? .value(node.inputs[2]) : .absent],
            outputs: [node.output],
            options: FullyConnectedOptions(activation: .init(dense.activation), keepsRank: false))
    }
}
