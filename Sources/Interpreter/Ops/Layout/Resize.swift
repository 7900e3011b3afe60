import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// RESIZE_BILINEAR of x `[N, H, W, C]` to the height and width of the second input.
    func resizeBilinear() throws -> PreparedOperator {
        let options = try options(ResizeBilinearOptions.self)
        let x = try floatInput(0)
        let parameters = try resizeParameters(
            x, options.alignsCorners, options.usesHalfPixelCenters)
        let y = try output(0, .float32, parameters.outputShape)
        return PreparedOperator(y) { context in
            FastKernels.resizeBilinear(
                parameters, input: context.floats(x), output: context.floatOutput(y),
                threads: context.threads)
        }
    }

    /// RESIZE_NEAREST_NEIGHBOR of x `[N, H, W, C]` to the height and width of the second input.
    func resizeNearestNeighbor() throws -> PreparedOperator {
        let options = try options(ResizeNearestNeighborOptions.self)
        let x = try input(0)
        let parameters = try resizeParameters(
            x, options.alignsCorners, options.usesHalfPixelCenters)
        let y = try output(0, x.dtype, parameters.outputShape, quantized: true)
        return PreparedOperator(y) { context in
            ReferenceKernels.resizeNearest(
                parameters, elementSize: x.elementSize, input: context.bytes(x),
                output: context.output(y))
        }
    }

    /// The shapes of a resize.
    func resizeParameters(
        _ x: Operand, _ alignsCorners: Bool, _ halfPixel: Bool
    ) throws -> ResizeParameters {
        try require(x, rank: 4)
        let size = try integers(1)
        guard size.count == 2, size.allSatisfy({ $0 > 0 }), x.shape[1] > 0, x.shape[2] > 0,
            !(alignsCorners && halfPixel)
        else { throw malformed("\(x.shape) cannot be resized to \(size)") }
        return ResizeParameters(
            batch: x.shape[0], inputHeight: x.shape[1], inputWidth: x.shape[2],
            outputHeight: size[0], outputWidth: size[1], channels: x.shape[3],
            coordinates: halfPixel ? .halfPixel : alignsCorners ? .alignCorners : .asymmetric)
    }
}

extension ResizeParameters {
    /// The shape of the result.
    var outputShape: Shape { [batch, outputHeight, outputWidth, channels] }
}
