import GraphIR
import TFLiteFormat

extension DepthToSpace {
    /// DEPTH_TO_SPACE.
    func lower(_ node: NodeLowering) throws {
        if blockSize == 1 { return try node.emitCopy() }
        node.emit(
            .depthToSpace, node.inputs, .depthToSpace(DepthToSpaceOptions(blockSize: blockSize)))
    }
}
