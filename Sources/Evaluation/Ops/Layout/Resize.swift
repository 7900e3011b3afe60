import GraphIR
import Kernels

extension Resize {
    func compute(_ run: NodeRun) throws {
        let x = run.shape(0)
        let parameters = ResizeParameters(
            batch: x[0], inputHeight: x[1], inputWidth: x[2], outputHeight: run.outputShape()[1],
            outputWidth: run.outputShape()[2], channels: x[3], coordinates: coordinates.kernel)
        guard x[1] > 0, x[2] > 0 else { throw run.invalid("\(x) holds no pixels") }
        switch kind {
        case .nearest:
            ReferenceKernels.resizeNearest(
                parameters, elementSize: run.elementSize, input: run.bytes(0),
                output: run.outputBytes())
        case .bilinear where run.isFast:
            FastKernels.resizeBilinear(
                parameters, input: try run.floats(0), output: try run.floatOutput(),
                threads: run.threads)
        case .bilinear:
            ReferenceKernels.resizeBilinear(
                parameters, input: try run.floats(0), output: try run.floatOutput())
        }
    }
}

extension Resize.Coordinates {
    /// The rule as the kernels know it.
    fileprivate var kernel: ResizeCoordinates {
        switch self {
        case .asymmetric: .asymmetric
        case .alignCorners: .alignCorners
        case .halfPixel: .halfPixel
        }
    }
}
