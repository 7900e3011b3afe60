import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// CONV_2D: x `[N, H, W, C]`, filter `[out, kh, kw, C / groups]`, bias `[out]` or absent.
    func conv2D() throws -> PreparedOperator {
        let (x, filter) = (try floatInput(0), try floatInput(1))
        let parameters = try conv2DParameters(x, filter)
        let outputs = parameters.outputChannels
        let bias = try bias(2, count: outputs)
        let y = try output(0, .float32, parameters.outputShape)
        if parameters.isFullyConnected {
            return fullyConnected(
                FullyConnectedParameters(
                    batch: x.shape[0], inputs: x.count / max(x.shape[0], 1), outputs: outputs,
                    activation: parameters.activation), x, filter, bias, y)
        }
        let convolution = PreparedConvolution(parameters, filter: filter) {
            FastConvolution(conv2D: $0, filter: $1, packed: $2)
        }
        return PreparedOperator(y) { context in
            convolution.run(context, input: x, bias: bias, output: y)
        }
    }

    /// The shapes of CONV_2D.
    func conv2DParameters(_ x: Operand, _ filter: Operand) throws -> Conv2DParameters {
        let options = try options(Conv2DOptions.self)
        try require(x, rank: 4)
        try require(filter, rank: 4)
        let (channels, outputs) = (x.shape[3], filter.shape[0])
        guard channels > 0, outputs > 0, filter.shape[3] > 0, channels % filter.shape[3] == 0,
            outputs % (channels / filter.shape[3]) == 0
        else { throw malformed("filter \(filter.shape) does not fit input \(x.shape)") }
        let window = windowOptions(options.padding, options.activation)
        let parameters = Conv2DParameters(
            batch: x.shape[0],
            height: try axis(
                x.shape[1], kernel: filter.shape[1], stride: options.strideHeight,
                dilation: options.dilationHeight, window),
            width: try axis(
                x.shape[2], kernel: filter.shape[2], stride: options.strideWidth,
                dilation: options.dilationWidth, window),
            inputChannels: channels, outputChannels: outputs, groups: channels / filter.shape[3],
            activation: window.activation)
        try requireScratch([parameters.height, parameters.width], channels: channels)
        return parameters
    }
}

extension Conv2DParameters {
    /// The shape of the result of CONV_2D.
    var outputShape: Shape { [batch, height.output, width.output, outputChannels] }
}
