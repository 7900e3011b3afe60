import GraphIR
import TFLiteFormat

extension GELU {
    /// GELU.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.gelu, node.inputs, GeluOptions(isApproximate: approximate))
    }
}
