import Tensors

/// Blocks of channels laid out in space.
///
/// Input: x `[N, H, W, b·b·C]`. Output: `[N, H·b, W·b, C]`; input channel `(by · b + bx) · C + c` goes to row by, column bx of
/// its block.
package struct DepthToSpace: OpPayload {
    package static let name = "depthToSpace"
    package var blockSize: Int

    package init(blockSize: Int) {
        self.blockSize = blockSize
    }

    package var op: Op { .depthToSpace(self) }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        try Check.inputCount(inputs, 1...1, Self.name)
        try Check.rank(inputs[0], 4, "input of \(Self.name)")
        let (x, block) = (inputs[0].shape, blockSize)
        try Check.require(
            block > 0 && block < 1 << 20 && x[3] % (block * block) == 0,
            "\(Self.name): \(x) has no blocks of \(block)×\(block)")
        let spatial = [x[1], x[2]].map { $0 == Shape.free ? $0 : $0 * block }
        return [
            TensorType(inputs[0].dtype, [x[0], spatial[0], spatial[1], x[3] / (block * block)])
        ]
    }
}
