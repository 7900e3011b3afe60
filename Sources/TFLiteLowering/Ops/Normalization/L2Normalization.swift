import GraphIR
import TFLiteFormat

extension L2Normalization {
    /// L2_NORMALIZATION.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.l2Normalization, node.inputs, L2NormOptions())
    }
}
