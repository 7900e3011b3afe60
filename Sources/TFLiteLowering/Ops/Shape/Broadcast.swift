import GraphIR
import TFLiteFormat

extension Broadcast {
    /// BROADCAST_TO.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.broadcastTo, [node.input(0), node.integers(shape, role: "shape")])
    }
}
