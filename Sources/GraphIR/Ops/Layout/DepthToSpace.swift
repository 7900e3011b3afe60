import Tensors

/// Blocks of channels laid out in space.
///
/// Input: x `[N, H, W, b·b·C]`. Output: `[N, H·b, W·b, C]`; input channel `(by · b + bx) · C + c` goes to row by, column bx of
/// its block.
package struct DepthToSpace: PlainOperation {
    package static let kind = OpKind.depthToSpace
    package var blockSize: Int

    package init(blockSize: Int) {
        self.blockSize = blockSize
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit("blockSize", &blockSize)
    }

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

    package func axes(for inputs: [TensorType]) -> AxisMap {
        AxisMap(
            [.same(0), .changed(1), .changed(2), .none], layout: .fixed, rank: 4)
    }

    package func linearity(for inputs: [TensorType]) -> Linearity { .selection }

    package func isIdentity(on inputs: [TensorType]) -> Bool { blockSize == 1 }

    package var quantizationRule: QuantizationRule { .sameAsInput }
}
