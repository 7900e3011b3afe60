import Foundations
import Tensors

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
    ///   - input: the shape `[batch, height, width, channels]`.
    ///   - filter: the shape `[1, kh, kw, channels]`.
    ///   - output: the shape `[batch, height, width, channels]`.
    package init?(input: [Int], filter: [Int], output: [Int]) {
        guard let channels = input.last, let made = output.last, channels > 0, made > channels
        else { return nil }
        places = output.dropLast().reduce(channels) { saturatingProduct($0, $1) }
        taps = Shape(Array(filter.dropFirst().dropLast())).elementCount
    }
}
