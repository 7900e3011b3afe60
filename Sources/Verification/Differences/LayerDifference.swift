<<<<<<<< HEAD:Sources/Verification/Differences/LayerDifference.swift
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
    /// Whether the relative error is beyond the tolerance.
    package let isDiverging: Bool

    /// The layer's path without the number of the call.
    package var path: String { String(name.prefix { $0 != ":" && $0 != "#" }) }
========
/// How far the outputs of a file are from those of its model.
package struct VerificationResult: Sendable {
    /// What the file was compared with.
    package let reference: String
    /// The kinds of inputs tried.
    package let inputs: [String]
    /// The differences, output by output.
    package let outputs: [OutputDifference]
    /// The largest accepted relative error.
    package let tolerance: Double

    /// The first output beyond the tolerance; nil if there is none.
    var failedOutput: OutputDifference? { outputs.first { !($0.relativeError <= tolerance) } }
>>>>>>>> 0a4f3b4 (No circle between folders is left, which make lint holds; tests lie in the folders of what they test):Sources/Verification/VerificationResult.swift
}
