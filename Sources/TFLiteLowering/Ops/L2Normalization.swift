import GraphIR
import TFLiteFormat

extension L2Normalization {
    /// L2_NORMALIZATION.
    func lower(_ node: NodeLowering) throws {
        node.emit(.l2Normalization, node.inputs, .l2Norm(L2NormOptions()))
    }
}
