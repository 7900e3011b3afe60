import Foundations

/// The work of a depthwise convolution that makes several channels of each one.
///
/// Delegates run it as a convolution of its own for each input channel. Its few output channels leave most of a tile empty, so
/// that their number makes no difference to its time.
package struct ChannelSpread: Sendable, Equatable {
    /// Positions of the output, times input channels.
    package var places: Int
    /// The products of each place and output channel.
    package var taps: Int

    /// The spread of a depthwise convolution; nil if it makes one channel of each.
    ///
    /// - Parameters:
    ///   - channels: the input channels.
    ///   - output: the shape of the output, `[batch, height, width, channels]`.
    ///   - taps: the area of the window.
    package init?(channels: Int, output: [Int], taps: Int) {
        guard let made = output.last, channels > 0, made > channels else { return nil }
        places = output.dropLast().reduce(channels) { saturatingProduct($0, $1) }
        self.taps = taps
    }
}
