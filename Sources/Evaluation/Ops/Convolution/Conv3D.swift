import GraphIR
import Kernels

extension Conv3D {
    func compute(_ run: NodeRun) throws {
        let (x, filter) = (run.shape(0), run.shape(1))
        let parameters = Conv3DParameters(
            batch: x[0],
            depth: try run.axis(
                x[1], kernel: filter[0], stride: strides.depth, dilation: dilations.depth,
                padding: padding),
            height: try run.axis(
                x[2], kernel: filter[1], stride: strides.height, dilation: dilations.height,
                padding: padding),
            width: try run.axis(
                x[3], kernel: filter[2], stride: strides.width, dilation: dilations.width,
                padding: padding),
            inputChannels: x[4], outputChannels: filter[4], activation: activation)
        if run.isFast {
            return try run.convolve(parameters) { FastConvolution(conv3D: $0, filter: $1) }
        }
        ReferenceKernels.conv3D(
            parameters, input: try run.floats(0), filter: try run.floats(1),
            bias: try run.optionalFloats(2), output: try run.floatOutput())
    }
}
