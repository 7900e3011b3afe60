import GraphIR
import TFLiteFormat

extension Softmax {
    /// SOFTMAX with beta 1.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.softmax, node.inputs, SoftmaxOptions(beta: 1))
    }
}
