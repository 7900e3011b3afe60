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

    /// The first output that differs too much; nil if there is none.
    var failedOutput: OutputDifference? {
        zip(outputs, integerOutputs).first { output, isInteger in
            leastSignalToNoise.map { !output.agrees(floor: $0, isInteger: isInteger) }
                ?? !(output.relativeError <= tolerance)
        }?.0
    }

    /// Whether every output is close enough.
    package var isPassed: Bool { failedOutput == nil }
}
