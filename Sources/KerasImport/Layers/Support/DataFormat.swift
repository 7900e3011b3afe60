import GraphIR
import Tensors

/// Where a layer expects the channels of its input.
package enum DataFormat: String, Sendable, CaseIterable {
    /// `[N, spatial…, C]`
    case channelsLast = "channels_last"
    /// `[N, C, spatial…]`
    case channelsFirst = "channels_first"

    /// The axis of the channels of an input of this rank.
    func channelAxis(rank: Int) -> Int {
        self == .channelsLast ? rank - 1 : 1
    }

    /// The spatial axes of an input of this rank.
    func spatialAxes(rank: Int) -> [Int] {
        self == .channelsLast ? Array(1..<max(rank - 1, 1)) : Array(2..<max(rank, 2))
    }
}

extension GraphBuilder {
    /// Applies `body`, which works on `[N, spatial…, C]`, to an input of any format and returns the format of the input.
    ///
    /// The two transpositions of neighbouring layers cancel each other in a later pass.
    func channelsLast(
        _ x: ValueID, _ format: DataFormat, _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        guard format == .channelsFirst, shape(of: x).rank > 2 else { return try body(x) }
        return try channelsFirst(from: body(channelsLast(from: x)))
    }
}
