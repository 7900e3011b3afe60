import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// RESIZE_BILINEAR of x `[N, H, W, C]` to the height and width of the second input.
    mutating func resizeBilinear() throws -> Kernel {
        let options = try options(ResizeBilinearOptions.self)
        let x = try floatInput(0)
        let parameters = try resizeParameters(
            x, options.alignsCorners, options.usesHalfPixelCenters)
        let y = try output(0, .float32, parameters.outputShape)
        return { frame in
            FastKernels.resizeBilinear(
                parameters, input: frame.floats(x), output: frame.floatOutput(y),
                threads: frame.threads)
        }
    }

    /// RESIZE_NEAREST_NEIGHBOR of x `[N, H, W, C]` to the height and width of the second input.
    mutating func resizeNearestNeighbor() throws -> Kernel {
        let options = try options(ResizeNearestNeighborOptions.self)
        let x = try input(0)
        let parameters = try resizeParameters(
            x, options.alignsCorners, options.usesHalfPixelCenters)
        let y = try output(0, x.dtype, parameters.outputShape, quantized: true)
        return { frame in
            ReferenceKernels.resizeNearest(
                parameters, elementSize: x.elementSize, input: frame.bytes(x),
                output: frame.output(y))
        }
    }

    private func resizeParameters(
        _ x: Operand, _ alignsCorners: Bool, _ halfPixel: Bool
    ) throws -> ResizeParameters {
        try require(x, rank: 4)
        let size = try integers(1)
        guard size.count == 2, size.allSatisfy({ $0 > 0 }), x.shape[1] > 0, x.shape[2] > 0,
            !(alignsCorners && halfPixel)
        else { throw malformed("a resize of \(x.shape) to \(size)") }
        return ResizeParameters(
            batch: x.shape[0], inputHeight: x.shape[1], inputWidth: x.shape[2],
            outputHeight: size[0], outputWidth: size[1], channels: x.shape[3],
            coordinates: halfPixel ? .halfPixel : alignsCorners ? .alignCorners : .asymmetric)
    }
}

extension ResizeParameters {
    fileprivate var outputShape: Shape { [batch, outputHeight, outputWidth, channels] }
}
