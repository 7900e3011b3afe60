import GraphIR
import Kernels

extension Conv2D {
    func compute(_ run: NodeRun) throws {
        let (x, filter) = (run.shape(0), run.shape(1))
        let parameters = Conv2DParameters(
            batch: x[0],
            height: try run.axis(
                x[1], kernel: filter[1], stride: strides.height, dilation: dilations.height,
                padding: padding),
            width: try run.axis(
                x[2], kernel: filter[2], stride: strides.width, dilation: dilations.width,
                padding: padding),
            inputChannels: x[3], outputChannels: filter[0], groups: x[3] / filter[3],
            activation: activation)
        if run.isFast {
            return try run.convolve(parameters) { FastConvolution(conv2D: $0, filter: $1) }
        }
        ReferenceKernels.conv2D(
            parameters, input: try run.floats(0), filter: try run.floats(1),
            bias: try run.optionalFloats(2), output: try run.floatOutput())
    }
}
