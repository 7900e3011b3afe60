import Kernels
import TFLiteFormat
import Tensors

/// What a pool reduces a window to.
enum PoolKind {
    case maximum, average
    /// The root of the mean square.
    case l2
}

extension OperatorPreparation {
    /// MAX_POOL_2D, AVERAGE_POOL_2D and L2_POOL_2D of x `[N, H, W, C]`; padding takes no part.
    func pool2D(_ kind: PoolKind) throws -> PreparedOperator {
        let x = try floatInput(0)
        let parameters = try pool2DParameters(x)
        let y = try output(0, .float32, parameters.outputShape)
        switch kind {
        case .maximum:
            return PreparedOperator(y) { context in
                FastKernels.maxPool2D(
                    parameters, input: context.floats(x), output: context.floatOutput(y),
                    threads: context.threads)
            }
        case .average:
            return PreparedOperator(y) { context in
                FastKernels.averagePool2D(
                    parameters, input: context.floats(x), output: context.floatOutput(y),
                    threads: context.threads)
            }
        case .l2:
            return PreparedOperator(y) { context in
                ReferenceKernels.l2Pool2D(
                    parameters, input: context.floats(x), output: context.floatOutput(y))
            }
        }
    }

    /// The shapes of a pool.
    func pool2DParameters(_ x: Operand) throws -> Pool2DParameters {
        let options = try options(Pool2DOptions.self)
        try require(x, rank: 4)
        let window = windowOptions(options.padding, options.activation)
        return Pool2DParameters(
            batch: x.shape[0],
            height: try axis(
                x.shape[1], kernel: options.filterHeight, stride: options.strideHeight, window),
            width: try axis(
                x.shape[2], kernel: options.filterWidth, stride: options.strideWidth, window),
            channels: x.shape[3], activation: window.activation)
    }
}

extension Pool2DParameters {
    /// The shape of the result.
    var outputShape: Shape { [batch, height.output, width.output, channels] }
}
