extension LayerTensor {
    /// How a window treats the border of an image.
    public enum Padding: String, Sendable {
        case valid, same
    }

    /// The matrix product over the last two axes, batched over the others.
    public func matrixProduct(_ other: LayerTensor) throws(LayerError) -> LayerTensor {
        try operation("Matmul", with: [other])
    }

    /// x · kernel + bias over the last axis, as `Dense` does; kernel `[inputs, units]`, bias `[units]`.
    public func dense(kernel: LayerTensor, bias: LayerTensor? = nil) throws(LayerError)
        -> LayerTensor
    {
        try LayerError.wrapping {
            let value = try scope.dense(
                id(in: scope), kernel: kernel.id(in: scope),
                bias: bias.map { try $0.id(in: scope) })
            return LayerTensor(value, in: scope)
        }
    }

    /// The convolution over one, two or three spatial axes, channels last.
    ///
    /// - Parameters:
    ///   - kernel: `[spatial…, channels / groups, filters]`, a weight or constant.
    ///   - bias: `[filters]`.
    ///   - strides: one number for each spatial axis, or one for all.
    ///   - dilation: one number for each spatial axis, or one for all.
    public func convolution(
        kernel: LayerTensor, bias: LayerTensor? = nil, strides: [Int] = [1],
        dilation: [Int] = [1], padding: Padding = .valid
    ) throws(LayerError) -> LayerTensor {
        try window("Conv", kernel, bias, strides, dilation, padding)
    }

    /// The convolution of each channel with filters of its own over one or two spatial axes, channels last.
    ///
    /// - Parameters:
    ///   - kernel: `[spatial…, channels, multiplier]`, a weight or constant.
    ///   - bias: `[channels · multiplier]`.
    ///   - strides: one number for each spatial axis, or one for all.
    ///   - dilation: one number for each spatial axis, or one for all.
    public func depthwiseConvolution(
        kernel: LayerTensor, bias: LayerTensor? = nil, strides: [Int] = [1],
        dilation: [Int] = [1], padding: Padding = .valid
    ) throws(LayerError) -> LayerTensor {
        try window("DepthwiseConv", kernel, bias, strides, dilation, padding)
    }

    /// eˣ normalized to the sum 1 along an axis.
    public func softmax(axis: Int = -1) throws(LayerError) -> LayerTensor {
        try operation("Softmax", ["axis": .int(axis)])
    }

    /// The images `[batch, height, width, channels]` in another size.
    ///
    /// - Parameter interpolation: a method of Keras: `bilinear`, `nearest`, `bicubic`.
    public func resized(
        height: Int, width: Int, interpolation: String = "bilinear"
    ) throws(LayerError) -> LayerTensor {
        try operation(
            "Resize",
            [
                "size": .array([.int(height), .int(width)]),
                "interpolation": .string(interpolation), "data_format": "channels_last",
            ])
    }

    private func window(
        _ name: String, _ kernel: LayerTensor, _ bias: LayerTensor?, _ strides: [Int],
        _ dilation: [Int], _ padding: Padding
    ) throws(LayerError) -> LayerTensor {
        let y = try operation(
            name, with: [kernel],
            [
                "strides": ConfigurationValue(strides), "padding": .string(padding.rawValue),
                "dilation_rate": ConfigurationValue(dilation), "data_format": "channels_last",
            ])
        guard let bias else { return y }
        return try y + bias
    }
}

extension ConfigurationValue {
    /// A list of integers.
    public init(_ numbers: [Int]) { self = .array(numbers.map { .int($0) }) }
}
