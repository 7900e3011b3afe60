import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// DEPTHWISE_CONV_2D: x `[N, H, W, C]`, filter `[1, kh, kw, C · multiplier]`, bias or absent.
    ///
    /// The multiplier follows from the shapes; the option is not read.
    func depthwiseConv2D() throws -> PreparedOperator {
        let (x, filter) = (try floatInput(0), try floatInput(1))
        let parameters = try depthwiseConv2DParameters(x, filter)
        let bias = try bias(2, count: parameters.outputChannels)
        let y = try output(0, .float32, parameters.outputShape)
        return PreparedOperator(y) { context in
            FastKernels.depthwiseConv2D(
                parameters, input: context.floats(x), filter: context.floats(filter),
                bias: context.floats(bias), output: context.floatOutput(y), threads: context.threads
            )
        }
    }

    /// The shapes of DEPTHWISE_CONV_2D.
    func depthwiseConv2DParameters(
        _ x: Operand, _ filter: Operand
    ) throws -> DepthwiseConv2DParameters {
        let options = try options(DepthwiseConv2DOptions.self)
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
        return parameters
    }
}

extension DepthwiseConv2DParameters {
    /// The shape of the result.
    var outputShape: Shape { [batch, height.output, width.output, outputChannels] }
}
