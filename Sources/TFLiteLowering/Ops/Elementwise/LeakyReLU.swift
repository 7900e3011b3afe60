import GraphIR
import TFLiteFormat

extension LeakyReLU {
    /// LEAKY_RELU.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.leakyRelu, node.inputs, LeakyReluOptions(alpha: alpha))
    }
}
