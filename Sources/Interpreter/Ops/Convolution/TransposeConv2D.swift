import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// TRANSPOSE_CONV: output shape, filter `[out, kh, kw, C]`, x `[N, H, W, C]`, bias `[out]` or absent.
    func transposeConv2D() throws -> PreparedOperator {
        let (filter, x) = (try floatInput(1), try floatInput(2))
        let (parameters, shape) = try transposeConv2DParameters(x, filter)
        let bias = try bias(3, count: shape[3])
        let y = try output(0, .float32, shape)
        let convolution = PreparedConvolution(parameters, filter: filter) {
            parameters, filter, _ in
            FastConvolution(transposeConv2D: parameters, filter: filter)
        }
        return PreparedOperator(y) { context in
            convolution.run(context, input: x, bias: bias, output: y)
        }
    }

    /// The shapes of TRANSPOSE_CONV, and that of its result.
    func transposeConv2DParameters(
        _ x: Operand, _ filter: Operand
    ) throws -> (Conv2DParameters, Shape) {
        let options = try options(TransposeConvOptions.self)
        let shape = Shape(try integers(0))
        try require(x, rank: 4)
        try require(filter, rank: 4)
        guard shape.rank == 4, x.shape[3] > 0, filter.shape[0] > 0, filter.shape[3] == x.shape[3],
            shape[0] == x.shape[0], shape[3] == filter.shape[0]
        else {
            throw malformed(
                "filter \(filter.shape), input \(x.shape) and output \(shape) do not fit")
        }
        let window = windowOptions(options.padding, options.activation)
        let parameters = Conv2DParameters(
            batch: x.shape[0],
            height: try transposedAxis(
                input: x.shape[1], output: shape[1], kernel: filter.shape[1],
                stride: options.strideHeight, window),
            width: try transposedAxis(
                input: x.shape[2], output: shape[2], kernel: filter.shape[2],
                stride: options.strideWidth, window),
            inputChannels: x.shape[3], outputChannels: shape[3], activation: window.activation)
        try requireTransposedScratch(
            [parameters.height, parameters.width], channels: x.shape[3])
        return (parameters, shape)
    }
}
