import Kernels
import Tensors
import TFLiteFormat

/// Options that several window operators share, checked.
struct WindowOptions {
    let padding: Padding
    let activation: Clamp
}

extension OperatorPreparation {
    /// The border rule and the clamp of a window operator.
    func windowOptions(
        _ padding: TFLitePadding, _ activation: TFLiteActivation
    ) -> WindowOptions {
        WindowOptions(
            padding: padding == .same ? .same : .valid, activation: activation.clamp)
    }

    /// A window that slides along one axis.
    func axis(
        _ extent: Int, kernel: Int, stride: Int, dilation: Int = 1, _ options: WindowOptions
    ) throws -> WindowAxis {
        guard
            let axis = WindowAxis(
                input: extent, kernel: kernel, stride: stride, dilation: dilation,
                padding: options.padding)
        else {
            throw malformed(
                "window \(kernel), stride \(stride) and dilation \(dilation) do not fit")
        }
        return axis.withoutIdleSteps ?? axis
    }

    /// Throws if a convolution would need a copy of its data, with zeros around, beyond the memory limit.
    func requireScratch(_ axes: [WindowAxis], channels: Int) throws {
        try requireScratch(axes.map(\.reach) + [channels])
    }

    /// Throws if a transposed convolution would need a copy of its data beyond the memory limit.
    func requireTransposedScratch(_ axes: [WindowAxis], channels: Int) throws {
        try requireScratch(axes.map { ($0.span + $0.input) / $0.stride + 2 } + [channels])
    }

    /// The axis of the convolution that a transposed convolution transposes.
    ///
    /// - Throws: `Problem.Kind.malformed` if an output of this extent does not belong to the input.
    func transposedAxis(
        input: Int, output: Int, kernel: Int, stride: Int, dilation: Int = 1,
        _ options: WindowOptions
    ) throws -> WindowAxis {
        guard stride <= 1 << 12 else { throw unsupported("its stride is \(stride)") }
        let axis = try axis(
            output, kernel: kernel, stride: stride, dilation: dilation, options)
        guard axis.output == input else {
            throw malformed("an output of extent \(output) does not belong to input \(input)")
        }
        return axis
    }
}

extension WindowAxis {
    /// Positions that a block of windows covers, as the fast kernels cut an image into blocks.
    fileprivate var reach: Int { span + (min(max(output, 1), 1 << 16) - 1) * stride }

    /// The same axis with a stride of 1 if there is one position, and a dilation of 1 if there is one tap.
    fileprivate var withoutIdleSteps: WindowAxis? {
        WindowAxis(
            input: input, kernel: kernel, output: output, stride: output <= 1 ? 1 : stride,
            dilation: kernel == 1 ? 1 : dilation, padBefore: padBefore)
    }
}
