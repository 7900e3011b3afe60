import GraphIR
import TFLiteFormat

extension Select {
    /// SELECT_V2.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.selectV2, node.inputs)
    }
}
