import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// CONV_3D: x `[N, D, H, W, C]`, filter `[kd, kh, kw, C, out]`, bias `[out]` or absent.
    func conv3D() throws -> PreparedOperator {
        let options = try options(Conv3DOptions.self)
        let (x, filter) = (try floatInput(0), try floatInput(1))
        try require(x, rank: 5)
        try require(filter, rank: 5)
        let outputs = filter.shape[4]
        guard x.shape[4] > 0, outputs > 0, filter.shape[3] == x.shape[4] else {
            throw malformed("filter \(filter.shape) does not fit input \(x.shape)")
        }
        let window = windowOptions(options.padding, options.activation)
        let parameters = Conv3DParameters(
            batch: x.shape[0],
            depth: try axis(
                x.shape[1], kernel: filter.shape[0], stride: options.strideDepth,
                dilation: options.dilationDepth, window),
            height: try axis(
                x.shape[2], kernel: filter.shape[1], stride: options.strideHeight,
                dilation: options.dilationHeight, window),
            width: try axis(
                x.shape[3], kernel: filter.shape[2], stride: options.strideWidth,
                dilation: options.dilationWidth, window),
            inputChannels: x.shape[4], outputChannels: outputs, activation: window.activation)
        try requireScratch(
            [parameters.depth, parameters.height, parameters.width], channels: x.shape[4])
        let bias = try bias(2, count: outputs)
        let y = try output(
            0, .float32,
            [
                x.shape[0], parameters.depth.output, parameters.height.output,
                parameters.width.output, outputs,
            ])
        let convolution = PreparedConvolution(parameters, filter: filter) {
            FastConvolution(conv3D: $0, filter: $1, packed: $2)
        }
        return PreparedOperator(y) { context in
            convolution.run(context, input: x, bias: bias, output: y)
        }
    }
}
