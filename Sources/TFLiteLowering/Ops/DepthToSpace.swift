import GraphIR
import TFLiteFormat

extension DepthToSpace {
    /// DEPTH_TO_SPACE.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32, .int32, .int64, .int8, .uint8])
        if blockSize == 1 { return try node.emitCopy() }
        node.emit(
            .depthToSpace, node.inputs, DepthToSpaceOptions(blockSize: blockSize))
    }
}
