import Verification

/// How far the written file is from the model.
public struct VerificationReport: Sendable, Codable {
    /// The differences of one output.
    public struct Output: Sendable, Codable {
        /// The output's name.
        public let name: String
        /// The largest absolute difference.
        public let maximumError: Double
        /// The largest difference relative to the spread (standard deviation) of the expected values.
        public let relativeError: Double
        /// The spread of the expected values.
        public let spread: Double
    }

    /// What the file was compared with.
    public let reference: String
    /// The kinds of inputs tried.
    public let inputs: [String]
    /// The differences, output by output.
    public let outputs: [Output]
    /// The largest accepted relative error.
    public let tolerance: Double

    init(_ result: VerificationResult) {
        reference = result.reference
        inputs = result.inputs
        tolerance = result.tolerance
        outputs = result.outputs.map {
            Output(
                name: $0.name, maximumError: $0.maximumError, relativeError: $0.relativeError,
                spread: $0.spread)
        }
    }

    /// Whether every output is within the tolerance.
    public var isPassed: Bool { outputs.allSatisfy { $0.relativeError <= tolerance } }

    /// The largest relative error of any output.
    public var relativeError: Double { outputs.map(\.relativeError).max() ?? 0 }
}
