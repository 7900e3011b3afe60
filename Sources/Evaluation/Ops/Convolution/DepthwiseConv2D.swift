import GraphIR
import Kernels

extension DepthwiseConv2D {
    func compute(_ run: NodeRun) throws {
        let (x, window) = (run.shape(0), run.shape(1))
        let parameters = DepthwiseConv2DParameters(
            batch: x[0],
            height: try run.axis(
                x[1], kernel: window[1], stride: strides.height, dilation: dilations.height,
                padding: padding),
            width: try run.axis(
                x[2], kernel: window[2], stride: strides.width, dilation: dilations.width,
                padding: padding),
            inputChannels: x[3], multiplier: window[3] / x[3], activation: activation)
        let (input, filter) = (try run.floats(0), try run.floats(1))
        let (bias, output) = (try run.optionalFloats(2), try run.floatOutput())
        if run.isFast {
            FastKernels.depthwiseConv2D(
                parameters, input: input, filter: filter, bias: bias, output: output,
                threads: run.threads)
        } else {
            ReferenceKernels.depthwiseConv2D(
                parameters, input: input, filter: filter, bias: bias, output: output)
        }
    }
}
