import GraphIR
import TFLiteFormat

extension SpaceToDepth {
    /// SPACE_TO_DEPTH.
    func lower(_ node: NodeLowering) throws {
        try node.require([.float32, .int32, .int64, .int8, .uint8])
        if blockSize == 1 { return try node.emitCopy() }
        node.emit(
            .spaceToDepth, node.inputs, SpaceToDepthOptions(blockSize: blockSize))
    }
}
