import GraphIR
import TFLiteFormat

extension Softmax {
    /// SOFTMAX with beta 1.
    func lower(_ node: NodeLowering) throws {
        node.emit(.softmax, node.inputs, .softmax(SoftmaxOptions(beta: 1)))
    }
}
