import GraphIR
import TFLiteFormat

extension Select {
    /// SELECT_V2, which broadcasts up to five axes.
    func lower(_ node: NodeLowering) throws {
        try node.lowerBroadcasting(limit: 5) { inputs, output in
            node.emit(.selectV2, inputs, to: [output], EmptyOptions.selectV2)
        }
    }
}
