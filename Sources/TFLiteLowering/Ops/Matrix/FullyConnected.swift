import GraphIR
import TFLiteFormat

extension FullyConnected {
    /// FULLY_CONNECTED; a rank other than 2 is kept by `keep_num_dims`, an absent bias is −1.
    func lower(_ node: NodeLowering) throws {
        let bias = node.node.inputs.count > 2 ? try node.input(2) : -1
        let (x, y) = (try node.input(0), try node.output())
        try node.emit(
            .fullyConnected, [x, node.input(1), bias], to: [y],
            FullyConnectedOptions(
                activation: .init(activation), keepsRank: node.inputType(0).shape.rank != 2))
    }
}
