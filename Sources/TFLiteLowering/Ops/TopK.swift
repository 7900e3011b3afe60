import GraphIR
import TFLiteFormat

extension TopK {
    /// TOPK_V2.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32, .int32, .int64, .int16, .int8, .uint8])
        node.emit(.topKV2, [node.input(0), node.integer(k, role: "k")], EmptyOptions.topKV2)
    }
}
