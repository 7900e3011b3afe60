import GraphIR
import TFLiteFormat

extension DepthToSpace {
    /// DEPTH_TO_SPACE.
    func lower(_ node: NodeLowering) throws {
        if blockSize == 1 { return try node.emitReshape() }
        try node.emit(
            .depthToSpace, node.inputs, DepthToSpaceOptions(blockSize: blockSize))
    }
}
