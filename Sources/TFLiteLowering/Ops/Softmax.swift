import GraphIR
import TFLiteFormat

extension Softmax {
    /// SOFTMAX with beta 1; the delegate knows six axes and fails beyond.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let last = node.inputType(0).shape.rank - 1
        try node.lowerMergingAxes(limit: 6, key: { $0 == last ? 1 : 0 }) { input, output, _ in
            node.emit(.softmax, [input], to: [output], SoftmaxOptions(beta: 1))
        }
    }
}
