import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CONV_3D_TRANSPOSE: output shape, filter `[kd, kh, kw, out, C]`, x `[N, D, H, W, C]`, bias or absent.
    func transposeConv3D() throws -> PreparedOperator {
        let options = try options(Conv3DOptions.self)
        let shape = Shape(try integers(0))
        let (filter, x) = (try floatInput(1), try floatInput(2))
        try require(x, rank: 5)
        try require(filter, rank: 5)
        guard shape.rank == 5, x.shape[4] > 0, filter.shape[3] > 0, filter.shape[4] == x.shape[4],
            shape[0] == x.shape[0], shape[4] == filter.shape[3]
        else {
            throw malformed(
                "filter \(filter.shape), input \(x.shape) and output \(shape) do not fit")
        }
        let window = windowOptions(options.padding, options.activation)
        let parameters = Conv3DParameters(
            batch: x.shape[0],
            depth: try transposedAxis(
                input: x.shape[1], output: shape[1], kernel: filter.shape[0],
                stride: options.strideDepth, dilation: options.dilationDepth, window),
            height: try transposedAxis(
                input: x.shape[2], output: shape[2], kernel: filter.shape[1],
                stride: options.strideHeight, dilation: options.dilationHeight, window),
            width: try transposedAxis(
                input: x.shape[3], output: shape[3], kernel: filter.shape[2],
                stride: options.strideWidth, dilation: options.dilationWidth, window),
            inputChannels: x.shape[4], outputChannels: shape[4], activation: window.activation)
        try requireTransposedScratch(
            [parameters.depth, parameters.height, parameters.width], channels: x.shape[4])
        let bias = try bias(3, count: shape[4])
        let y = try output(0, .float32, shape)
        let convolution = PreparedConvolution(parameters, filter: filter) {
            parameters, filter, _ in
            FastConvolution(conv3DTranspose: parameters, filter: filter)
        }
        return PreparedOperator(y) { context in
            convolution.run(context, input: x, bias: bias, output: y)
        }
    }
}
