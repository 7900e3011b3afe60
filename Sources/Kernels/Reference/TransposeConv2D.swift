extension ReferenceKernels {
    /// 2-D transposed convolution; shapes at `Conv2DParameters`, `bias` `[out]`.
    ///
    /// Input pixel `i` adds its products to output positions `i·stride + k·dilation − padBefore`.
    package static func transposeConv2D(
        _ parameters: Conv2DParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
        bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
    ) {
        let flat = parameters.withUnitDepth
        scatter(
            flat, input: input, bias: bias, output: output,
            weights: { tap, out in
                filter + (out * flat.tapCount + tap) * parameters.inputChannels
            })
    }
}
