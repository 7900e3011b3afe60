import GraphIR
import TFLiteFormat

extension FullyConnected {
    /// FULLY_CONNECTED; a rank other than 2 is kept by `keep_num_dims`, an absent bias is −1.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let bias = node.node.inputs.count > 2 ? node.input(2) : -1
        let last = node.inputType(0).shape.rank - 1
        try node.lowerMergingAxes(limit: 6, key: { $0 == last ? 1 : 0 }) { input, output, groups in
            node.emit(
                .fullyConnected, [input, node.input(1), bias], to: [output],
                FullyConnectedOptions(
                    activation: .init(activation), keepsRank: groups.count != 2))
        }
    }
}
