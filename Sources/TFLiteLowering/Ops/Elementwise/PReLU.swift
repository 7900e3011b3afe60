import GraphIR
import TFLiteFormat

extension PReLU {
    /// PRELU.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.prelu, node.inputs)
    }
}
