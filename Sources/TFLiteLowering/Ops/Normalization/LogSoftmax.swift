import GraphIR
import TFLiteFormat

extension LogSoftmax {
    /// LOG_SOFTMAX.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.logSoftmax, node.inputs)
    }
}
