import GraphIR
import TFLiteFormat
import Tensors

extension Resize {
    /// RESIZE_BILINEAR or RESIZE_NEAREST_NEIGHBOR.
    func lower(_ node: NodeLowering) throws {
        let inputs = try [node.input(0), emitSize(node)]
        let aligns = coordinates == .alignCorners
        let centers = coordinates == .halfPixel
        switch kind {
        case .bilinear:
            try node.emit(
                .resizeBilinear, inputs,
                ResizeBilinearOptions(alignsCorners: aligns, usesHalfPixelCenters: centers))
        case .nearest:
            try node.emit(
                .resizeNearestNeighbor, inputs,
                ResizeNearestNeighborOptions(
                    alignsCorners: aligns, usesHalfPixelCenters: centers))
        }
    }

    /// Height and width of the output, computed if they follow from an unknown size.
    private func emitSize(_ node: NodeLowering) throws -> TensorIndex {
        let result = node.outputType.shape
        guard case .factor(let factor) = target, result[1] == Shape.free || result[2] == Shape.free
        else {
            return node.integers([result[1], result[2]], role: "size")
        }
        let shape = try node.emitExtents(of: node.input(0), rank: 4)
        return try node.emitScaled(
            node.emitPart(of: shape, 1..<3), by: [factor.height, factor.width])
    }
}
