/// How far the output of one layer is from that of the model.
package struct LayerDifference: Sendable {
    /// The layer's path; a number after a colon counts the calls of a shared layer.
    package let name: String
    /// The paths of layers without a tensor of their own that are computed with this one, in running order.
    package let merged: [String]
    /// The largest absolute difference.
    package let maximumError: Double
    /// The largest difference relative to the spread of the expected values.
    package let relativeError: Double
    /// The cosine of the angle between both outputs as vectors.
    package let cosine: Double
    /// 10 · log₁₀(Σ expected² / Σ difference²), in decibels.
    package let signalToNoise: Double
    /// Which part of the model's numbers lies beyond what the integers of the file reach; nil if it stores floats.
    package let saturatedPart: Double?
    /// Whether the relative error is beyond the tolerance.
    package let isDiverging: Bool

    /// The layer's path without the number of the call.
    package var path: String { String(name.prefix { $0 != ":" && $0 != "#" }) }
}
