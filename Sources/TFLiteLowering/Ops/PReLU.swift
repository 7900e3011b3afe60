import GraphIR
import TFLiteFormat

extension PReLU {
    /// PRELU.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        node.emit(.prelu, node.inputs)
    }
}
