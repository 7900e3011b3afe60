import GraphIR
import TFLiteFormat

extension LeakyReLU {
    /// LEAKY_RELU, or RELU where the slope is 0, which the delegate takes only so.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        if alpha == 0 { return node.emit(.relu, node.inputs) }
        node.emit(.leakyRelu, node.inputs, LeakyReluOptions(alpha: alpha))
    }
}
