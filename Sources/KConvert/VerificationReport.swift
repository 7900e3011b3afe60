import Reports
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
        /// The signal to noise ratio, 10 · log₁₀(Σ expected² / Σ difference²), in decibels; nil if nothing differs.
        public let signalToNoise: Double?
        /// The cosine of the angle between both outputs as vectors.
        public let cosine: Double
        /// The part of the rows whose greatest element is at the same place; nil for outputs of one element in a row.
        public let topAgreement: Double?
        /// Whether rounding explains a difference beyond the tolerance, and every layer on its own is right.
        public let isRounding: Bool
    }

    /// What the file was compared with.
    public let reference: String
    /// The kinds of inputs tried.
    public let inputs: [String]
    /// The differences, output by output.
    public let outputs: [Output]
    /// The largest accepted relative error.
    public let tolerance: Double
    /// For a quantized file the least accepted signal to noise ratio in decibels, instead of the tolerance; nil for others.
    public let leastSignalToNoise: Double?
    /// Whether every output is close enough, and no layer computes something else.
    public let isPassed: Bool
    /// What is to be said about layers that compute something else or amplify rounding.
    public let notes: [String]

    init(_ result: VerificationResult) {
        reference = result.reference
        inputs = result.inputs
        tolerance = result.tolerance
        let excused = result.excusedOutputs
        notes = Self.notes(excused: excused, result)
        outputs = result.outputs.map {
            Output(
                name: $0.name, maximumError: $0.maximumError, relativeError: $0.relativeError,
                spread: $0.spread,
                signalToNoise: $0.agreement.signalToNoise.isFinite
                    ? $0.agreement.signalToNoise : nil,
                cosine: $0.agreement.cosine, topAgreement: $0.agreement.topAgreement,
                isRounding: excused.contains($0.name))
        }
        leastSignalToNoise = result.leastSignalToNoise
        isPassed = result.isPassed
    }

    /// How well a quantized file agrees, for the summary.
    var agreementLine: String {
        let ratio = outputs.compactMap(\.signalToNoise).min()
        let top = outputs.compactMap(\.topAgreement).min()
        let parts =
            [
                ratio.map { "\(Format.decibels($0)) of signal to noise" } ?? "no difference",
                "cosine \(Format.rounded(outputs.map(\.cosine).min() ?? 1, digits: 6))",
            ] + (top.map { ["\(Format.rounded($0 * 100, digits: 1)) % equal top-1"] } ?? [])
        return "verified against \(reference): " + parts.joined(separator: ", ")
    }

    /// The largest relative error of any output.
    public var relativeError: Double { outputs.map(\.relativeError).max() ?? 0 }

    private static func notes(excused: Set<String>, _ result: VerificationResult) -> [String] {
        let outputs = result.outputs.filter { excused.contains($0.name) }.map {
            "rounding moves output '\($0.name)' by \(Format.scientific($0.relativeError)) of its spread; "
                + "every layer was judged on its own"
        }
        if let wrong = result.findings?.wrong {
            return [
                "layer '\(wrong.layer)' computes something else: on the same inputs it differs by "
                    + "\(Format.scientific(wrong.error)) of its spread, which rounding does not explain"
            ]
        }
        guard let findings = result.findings, findings.isRight else { return outputs }
        if let shortened = findings.shortened {
            return outputs + [
                "the model amplifies rounding from step to step: judged over \(shortened.steps) of "
                    + "\(shortened.all) steps"
            ]
        }
        return outputs
            + findings.steps.map {
                "layer '\($0.layer)' amplifies rounding: judged over \($0.judged) of \($0.all) steps"
            }
    }
}
