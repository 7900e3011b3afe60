import GraphIR
import Kernels

extension TransposeConv3D {
    func compute(_ run: NodeRun) throws {
        let (x, y, filter) = (run.shape(0), run.outputShape(), run.shape(1))
        let depth = try run.axis(
            y[1], kernel: filter[0], stride: strides.depth, padding: padding)
        let height = try run.axis(
            y[2], kernel: filter[1], stride: strides.height, padding: padding)
        let width = try run.axis(
            y[3], kernel: filter[2], stride: strides.width, padding: padding)
        guard [depth.output, height.output, width.output] == Array(x.dims[1..<4]) else {
            throw run.invalid("an output \(y) does not belong to \(x)")
        }
        let parameters = Conv3DParameters(
            batch: x[0], depth: depth, height: height, width: width, inputChannels: x[4],
            outputChannels: filter[3], activation: activation)
        if run.isFast {
            return try run.convolve(parameters) {
                FastConvolution(conv3DTranspose: $0, filter: $1)
            }
        }
        ReferenceKernels.conv3DTranspose(
            parameters, input: try run.floats(0), filter: try run.floats(1),
            bias: try run.optionalFloats(2), output: try run.floatOutput())
    }
}
