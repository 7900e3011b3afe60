import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// DEPTHWISE_CONV_2D: x `[N, H, W, C]`, filter `[1, kh, kw, C · multiplier]`, bias or absent.
    ///
    /// The multiplier follows from the shapes; the option is not read.
    func depthwiseConv2D() throws -> PreparedOperator {
        let options = try options(DepthwiseConv2DOptions.self)
        let (x, filter) = (try floatInput(0), try floatInput(1))
        try require(x, rank: 4)
        try require(filter, rank: 4)
        let (channels, outputs) = (x.shape[3], filter.shape[3])
        guard channels > 0, outputs > 0, outputs % channels == 0, filter.shape[0] == 1 else {
            throw malformed("filter \(filter.shape) does not fit input \(x.shape)")
        }
        let window = windowOptions(options.padding, options.activation)
        let parameters = DepthwiseConv2DParameters(
            batch: x.shape[0],
            height: try axis(
                x.shape[1], kernel: filter.shape[1], stride: options.strideHeight,
                dilation: options.dilationHeight, window),
            width: try axis(
                x.shape[2], kernel: filter.shape[2], stride: options.strideWidth,
                dilation: options.dilationWidth, window),
            inputChannels: channels, multiplier: outputs / channels,
            activation: window.activation)
        try requireScratch([x.count, outputs / channels])
        let bias = try bias(2, count: outputs)
        let y = try output(
            0, .float32,
            [x.shape[0], parameters.height.output, parameters.width.output, outputs])
        return PreparedOperator(y) { context in
            FastKernels.depthwiseConv2D(
                parameters, input: context.floats(x), filter: context.floats(filter),
                bias: context.floats(bias), output: context.floatOutput(y), threads: context.threads
            )
        }
    }
}
