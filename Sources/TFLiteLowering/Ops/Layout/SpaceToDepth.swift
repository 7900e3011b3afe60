import GraphIR
import TFLiteFormat

extension SpaceToDepth {
    /// SPACE_TO_DEPTH.
    func lower(_ node: NodeLowering) throws {
        if blockSize == 1 { return try node.emitReshape() }
        try node.emit(
            .spaceToDepth, node.inputs, SpaceToDepthOptions(blockSize: blockSize))
    }
}
