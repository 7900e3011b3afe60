import GraphIR
import TFLiteFormat

extension BroadcastLike {
    /// BROADCAST_TO extents that are computed.
    func lower(_ node: NodeLowering) throws {
        try node.emit(.broadcastTo, [node.input(0), node.emitShape(target)])
    }
}
