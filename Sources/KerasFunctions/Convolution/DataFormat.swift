import GraphIR
import KerasFormat
import Tensors

/// Where a layer expects the channels of its input.
package enum DataFormat: String, Sendable, CaseIterable {
    /// `[N, spatial…, C]`
    case channelsLast = "channels_last"
    /// `[N, C, spatial…]`
    case channelsFirst = "channels_first"

    /// The axis of the channels of an input of this rank.
    package func channelAxis(rank: Int) -> Int {
        self == .channelsLast ? rank - 1 : 1
    }

    /// The spatial axes of an input of this rank.
    package func spatialAxes(rank: Int) -> [Int] {
        self == .channelsLast ? Array(1..<max(rank - 1, 1)) : Array(2..<max(rank, 2))
    }
}

extension GraphBuilder {
    /// Applies `body`, which works on `[N, spatial…, C]`, to an input of any format and returns the format of the input.
    ///
    /// The two transpositions of neighbouring layers cancel each other in a later pass.
    package func channelsLast(
        _ x: ValueID, _ format: DataFormat, _ body: (ValueID) throws -> ValueID
    ) throws -> ValueID {
        guard format == .channelsFirst, shape(of: x).rank > 2 else { return try body(x) }
        return try channelsFirst(from: body(channelsLast(from: x)))
    }
}

extension LayerConfig {
    /// `data_format`, channels last by default.
    package func dataFormat() throws -> DataFormat {
        try choice("data_format", default: .channelsLast)
    }
}
