import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// DEPTH_TO_SPACE: blocks of channels laid out in space.
    func depthToSpace() throws -> PreparedOperator {
        let options = try options(DepthToSpaceOptions.self)
        let (x, block) = (try input(0), options.blockSize)
        try require(x, rank: 4)
        guard (1...1 << 15).contains(block), x.shape[3] % (block * block) == 0 else {
            throw malformed("blocks of \(block) in \(x.shape)")
        }
        let shape: Shape = [
            x.shape[0], x.shape[1] * block, x.shape[2] * block, x.shape[3] / (block * block),
        ]
        let y = try output(0, x.dtype, shape, quantized: true)
        return run(.depthToSpace(x.shape, block: block, elementSize: x.elementSize), x, y)
    }

    /// SPACE_TO_DEPTH: blocks of space laid out in channels.
    func spaceToDepth() throws -> PreparedOperator {
        let options = try options(SpaceToDepthOptions.self)
        let (x, block) = (try input(0), options.blockSize)
        try require(x, rank: 4)
        guard (1...1 << 15).contains(block), x.shape[1] % block == 0, x.shape[2] % block == 0
        else { throw malformed("blocks of \(block) in \(x.shape)") }
        let shape: Shape = [
            x.shape[0], x.shape[1] / block, x.shape[2] / block, x.shape[3] * block * block,
        ]
        let y = try output(0, x.dtype, shape, quantized: true)
        return run(.spaceToDepth(x.shape, block: block, elementSize: x.elementSize), x, y)
    }
}
