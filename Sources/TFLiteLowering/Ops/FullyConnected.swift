import GraphIR
import TFLiteFormat

extension FullyConnected {
    /// FULLY_CONNECTED; a rank other than 2 is kept by `keep_num_dims`, an absent bias is −1.
    func lower(_ node: NodeLowering) throws {
        let bias = node.node.inputs.count > 2 ? node.input(2) : -1
        node.emit(
            .fullyConnected, [node.input(0), node.input(1), bias],
            .fullyConnected(
                FullyConnectedOptions(
                    activation: .init(activation), keepsRank: node.inputType(0).shape.rank != 2)))
    }
}
