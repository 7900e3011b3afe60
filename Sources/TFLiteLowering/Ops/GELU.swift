import GraphIR
import TFLiteFormat

extension GELU {
    /// GELU.
    func lower(_ node: NodeLowering) throws {
        node.emit(.gelu, node.inputs, .gelu(GeluOptions(isApproximate: approximate)))
    }
}
