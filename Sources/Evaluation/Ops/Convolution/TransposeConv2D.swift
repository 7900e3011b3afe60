import GraphIR
import Kernels

extension TransposeConv2D {
    func compute(_ run: NodeRun) throws {
        let (x, filter) = (run.shape(0), run.shape(1))
        let parameters = Conv2DParameters(
            batch: x[0],
            height: try run.axis(
                run.outputShape()[1], kernel: filter[1], stride: strides.height, padding: padding),
            width: try run.axis(
                run.outputShape()[2], kernel: filter[2], stride: strides.width, padding: padding),
            inputChannels: x[3], outputChannels: filter[0], activation: activation)
        if run.isFast {
            return try run.convolve(parameters) { FastConvolution(transposeConv2D: $0, filter: $1) }
        }
        ReferenceKernels.transposeConv2D(
            parameters, input: try run.floats(0), filter: try run.floats(1),
            bias: try run.optionalFloats(2), output: try run.floatOutput())
    }
}
