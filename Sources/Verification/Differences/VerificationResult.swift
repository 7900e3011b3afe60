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
    /// For a quantized file the least accepted signal to noise ratio in decibels, which stands for the tolerance.
    package let leastSignalToNoise: Double?
    /// Which outputs hold integers.
    let integerOutputs: [Bool]
    /// Whether a layer may be wrong, by a part of it that was compared.
    let isSuspect: Bool
    /// What the check of each layer on its own found; nil if the outputs and layers agree and there was none.
    package internal(set) var findings: LayerwiseFindings?

    /// The first output that differs too much; nil if there is none.
    var failedOutput: OutputDifference? {
        zip(outputs, integerOutputs).first { output, isInteger in
            leastSignalToNoise.map { !output.agrees(floor: $0, isInteger: isInteger) }
                ?? !(output.relativeError <= tolerance)
        }?.0
    }

    /// The outputs beyond the tolerance that are right as far as rounding lets see, because every layer is.
    package var excusedOutputs: Set<String> {
        guard let findings, findings.isRight else { return [] }
        return findings.excused
    }

    /// Whether every output is close enough, or differs by nothing but rounding, and no layer that was judged is wrong.
    package var isPassed: Bool {
        if findings?.wrong != nil { return false }
        let excused = excusedOutputs
        guard !excused.isEmpty else { return failedOutput == nil }
        return outputs.allSatisfy { excused.contains($0.name) || $0.relativeError <= tolerance }
    }
}
