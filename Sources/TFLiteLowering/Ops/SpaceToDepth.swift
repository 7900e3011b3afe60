import GraphIR
import TFLiteFormat

extension SpaceToDepth {
    /// SPACE_TO_DEPTH.
    func lower(_ node: NodeLowering) throws {
        if blockSize == 1 { return try node.emitCopy() }
        node.emit(
            .spaceToDepth, node.inputs, .spaceToDepth(SpaceToDepthOptions(blockSize: blockSize)))
    }
}
