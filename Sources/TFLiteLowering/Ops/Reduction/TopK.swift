import GraphIR
import TFLiteFormat

extension TopK {
    /// TOPK_V2.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.topKV2, [node.input(0), node.integer(k, role: "k")])
    }
}
