import ArgumentParser
import KConvert

/// The options of a conversion that say how far a file may be from its model to be faster.
struct ApproximationArguments: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            Accept an error of the outputs to be faster, such as 0.01; needs --samples. Relative to the spread of each \
            output, or with --truth the part of right answers; see Documentation/Approximation.md.
            """, valueName: "error"))
    var approximate: Double?

    @Option(
        help: ArgumentHelp(
            "What --approximate may use, such as separable,lowrank: \(Self.names). By default all.",
            valueName: "kind,…"))
    var allow: String?

    @Option(
        help:
            "Inputs that --approximate fits to, such as those of training; all of --samples judge then.",
        completion: .file())
    var fitSamples: String?

    private static var names: String {
        ApproximationOptions.Family.allCases.map(\.rawValue).joined(separator: ", ")
    }

    func validate() throws {
        if let approximate, !(approximate.isFinite && approximate >= 0) {
            throw ValidationError("--approximate takes a number that is at least 0.")
        }
        guard approximate != nil || allow == nil else {
            throw ValidationError("--allow belongs to --approximate.")
        }
        guard approximate != nil || fitSamples == nil else {
            throw ValidationError("--fit-samples belongs to --approximate.")
        }
        if let unknown = names.first(where: { ApproximationOptions.Family(rawValue: $0) == nil }) {
            throw ValidationError(
                "'\(unknown)' is not something that --allow knows; it takes \(Self.names).")
        }
    }

    /// The options, which read the samples of a quantization; nil for exact rewriting alone.
    func options(_ quantization: QuantizationArguments) -> ApproximationOptions? {
        guard let approximate, let samples = quantization.calibrationSamples else { return nil }
        var options = ApproximationOptions(budget: approximate, samples: samples)
        options.fitSamples = fitSamples.map(quantization.typicalInputs)
        if allow != nil {
            options.families = Set(names.compactMap { ApproximationOptions.Family(rawValue: $0) })
        }
        options.truth = quantization.truth
        return options
    }

    private var names: [String] { allow?.split(separator: ",").map(String.init) ?? [] }
}
