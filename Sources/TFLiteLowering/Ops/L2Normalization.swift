import GraphIR
import TFLiteFormat

extension L2Normalization {
    /// L2_NORMALIZATION, which knows four axes.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32])
        let last = node.inputType(0).shape.rank - 1
        try node.lowerMergingAxes(limit: 4, key: { $0 == last ? 1 : 0 }) { input, output, _ in
            node.emit(.l2Normalization, [input], to: [output], L2NormOptions())
        }
    }
}
