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
}
