import GraphIR
import TFLiteFormat

extension Resize {
    /// RESIZE_BILINEAR or RESIZE_NEAREST_NEIGHBOR.
    func lower(_ node: NodeLowering) throws {
        let inputs = [node.input(0), node.integers([size.height, size.width], role: "size")]
        let aligns = coordinates == .alignCorners
        let centers = coordinates == .halfPixel
        switch kind {
        case .bilinear:
            try node.require([.float32])
            node.emit(
                .resizeBilinear, inputs,
                .resizeBilinear(
                    ResizeBilinearOptions(alignsCorners: aligns, usesHalfPixelCenters: centers)))
        case .nearest:
            try node.require([.float32, .int8, .uint8, .int16])
            node.emit(
                .resizeNearestNeighbor, inputs,
                .resizeNearestNeighbor(
                    ResizeNearestNeighborOptions(
                        alignsCorners: aligns, usesHalfPixelCenters: centers)))
        }
    }
}
