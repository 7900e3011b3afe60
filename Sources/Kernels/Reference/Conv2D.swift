extension ReferenceKernels {
    /// 2-D convolution with groups and dilation; shapes at `Conv2DParameters`, `bias` `[out]`.
    package static func conv2D(
        _ parameters: Conv2DParameters, input: UnsafePointer<Float>, filter: UnsafePointer<Float>,
        bias: UnsafePointer<Float>?, output: UnsafeMutablePointer<Float>
    ) {
        let flat = parameters.withUnitDepth
        let outputs = parameters.outputChannels
        let depth = flat.tapCount * (parameters.inputChannels / parameters.groups)
        withDoubles(depth * outputs) { transposed in
            for out in 0..<outputs {
                for index in 0..<depth {
                    transposed[index * outputs + out] = Double(filter[out * depth + index])
                }
            }
            convolve(flat, input: input, filter: transposed, bias: bias, output: output)
        }
    }
}
