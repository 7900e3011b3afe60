import GraphIR
import Kernels

extension TransposeConv3D {
    func compute(_ run: NodeRun) throws {
        let (x, filter) = (run.shape(0), run.shape(1))
        let depth = try run.axis(
            size.depth, kernel: filter[0], stride: strides.depth, padding: padding)
        let height = try run.axis(
            size.height, kernel: filter[1], stride: strides.height, padding: padding)
        let width = try run.axis(
            size.width, kernel: filter[2], stride: strides.width, padding: padding)
        guard [depth.output, height.output, width.output] == Array(x.dims[1..<4]) else {
            throw run.invalid(
                "an output of \(size.depth)×\(size.height)×\(size.width) does not belong to \(x)")
        }
        let parameters = Conv3DParameters(
            batch: x[0], depth: depth, height: height, width: width, inputChannels: x[4],
            outputChannels: filter[3], activation: activation.fused)
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
