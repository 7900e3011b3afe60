import GraphIR
import TFLiteFormat

extension ChangeStorage {
    /// QUANTIZE to integers, DEQUANTIZE to floats.
    func lower(_ node: NodeLowering) throws {
        switch node.storage(of: node.node.output) {
        case .expressed:
            if node.storage(of: node.node.inputs[0]) == .expressed {
                return try node.emitReshape()
            }
            try node.emit(.dequantize, node.inputs)
        case .float16:
            throw node.unsupported("no operator rounds computed values to float16")
        case .integer:
            try node.emit(.quantize, node.inputs)
        }
    }
}
