import Tensors

/// Shapes of a 2-D convolution, or of the convolution that a 2-D transposed convolution transposes.
///
/// `conv2D`: input `[batch, height.input, width.input, inputChannels]`, filter
/// `[outputChannels, kh, kw, inputChannels / groups]`, output `[batch, …output, outputChannels]`.
/// `transposeConv2D`: input `[batch, height.output, width.output, inputChannels]`, filter
/// `[outputChannels, kh, kw, inputChannels]`, output `[batch, …input, outputChannels]`, one group.
package struct Conv2DParameters: Sendable, Hashable {
    package var batch: Int
    package var height: WindowAxis
    package var width: WindowAxis
    package var inputChannels: Int
    package var outputChannels: Int
    package var groups: Int
    package var activation: Clamp

    package init(
        batch: Int, height: WindowAxis, width: WindowAxis, inputChannels: Int, outputChannels: Int,
        groups: Int = 1, activation: Clamp = .none
    ) {
        self.batch = batch
        self.height = height
        self.width = width
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.groups = groups
        self.activation = activation
    }

    /// Whether one window covers the whole image, which makes the filter `[outputs, inputs]` of a fully connected layer.
    package var isFullyConnected: Bool {
        groups == 1
            && [height, width].allSatisfy {
                $0.output == 1 && $0.padBefore == 0 && $0.kernel == $0.input
                    && ($0.dilation == 1 || $0.kernel == 1)
            }
    }

    /// The same convolution with a depth of one.
    var withUnitDepth: Conv3DParameters {
        Conv3DParameters(
            batch: batch, depth: .unit, height: height, width: width, inputChannels: inputChannels,
            outputChannels: outputChannels, groups: groups, activation: activation)
    }
}

/// Shapes of a 3-D convolution, or of the convolution that a 3-D transposed convolution transposes.
///
/// `conv3D`: input `[batch, depth.input, height.input, width.input, inputChannels]`, filter
/// `[kd, kh, kw, inputChannels / groups, outputChannels]`. `conv3DTranspose`: input `[batch,
/// …output, inputChannels]`, filter `[kd, kh, kw, outputChannels, inputChannels]`, one group.
package struct Conv3DParameters: Sendable, Hashable {
    package var batch: Int
    package var depth: WindowAxis
    package var height: WindowAxis
    package var width: WindowAxis
    package var inputChannels: Int
    package var outputChannels: Int
    package var groups: Int
    package var activation: Clamp

    package init(
        batch: Int, depth: WindowAxis, height: WindowAxis, width: WindowAxis, inputChannels: Int,
        outputChannels: Int, groups: Int = 1, activation: Clamp = .none
    ) {
        self.batch = batch
        self.depth = depth
        self.height = height
        self.width = width
        self.inputChannels = inputChannels
        self.outputChannels = outputChannels
        self.groups = groups
        self.activation = activation
    }

    /// Depth, height and width.
    var axes: [WindowAxis] { [depth, height, width] }
    /// Taps of the window.
    var tapCount: Int { depth.kernel * height.kernel * width.kernel }
    /// Positions of the data the window slides over.
    var inputPositions: Int { depth.input * height.input * width.input }
    /// Positions of the result.
    var outputPositions: Int { depth.output * height.output * width.output }
}

/// Shapes of a depthwise convolution.
///
/// Input `[batch, height.input, width.input, inputChannels]`, filter `[1, kh, kw, inputChannels ·
/// multiplier]`; output channel `c·multiplier + m` reads input channel `c`.
package struct DepthwiseConv2DParameters: Sendable, Hashable {
    package var batch: Int
    package var height: WindowAxis
    package var width: WindowAxis
    package var inputChannels: Int
    package var multiplier: Int
    package var activation: Clamp

    package init(
        batch: Int, height: WindowAxis, width: WindowAxis, inputChannels: Int, multiplier: Int = 1,
        activation: Clamp = .none
    ) {
        self.batch = batch
        self.height = height
        self.width = width
        self.inputChannels = inputChannels
        self.multiplier = multiplier
        self.activation = activation
    }

    /// Channels of the result.
    package var outputChannels: Int { inputChannels * multiplier }
}

/// Shapes of a 2-D pool over `[batch, height.input, width.input, channels]`.
package struct Pool2DParameters: Sendable, Hashable {
    package var batch: Int
    package var height: WindowAxis
    package var width: WindowAxis
    package var channels: Int
    package var activation: Clamp

    package init(
        batch: Int, height: WindowAxis, width: WindowAxis, channels: Int,
        activation: Clamp = .none
    ) {
        self.batch = batch
        self.height = height
        self.width = width
        self.channels = channels
        self.activation = activation
    }
}
