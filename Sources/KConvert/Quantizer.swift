import Foundations
import GraphIR
import Legalize
import Problems
import Quantization
import Targets
import Tensors

/// Stores the numbers of a graph as options ask.
struct Quantizer {
    /// What was done.
    struct Result {
        var report: QuantizationReport
        /// What the user should know.
        var warnings: [String] = []
    }

    let options: QuantizationOptions
    let samples: (any SampleSource)?
    /// What the file is verified on: the samples, or noise over the range that training found for inputs; nil for any inputs.
    let verificationSamples: (any SampleSource)?
    /// What is odd about the samples.
    private let remarks: [String]
    let threads: ThreadBudget
    /// What the file of statistics must not replace.
    private let protectedFiles: [String]

    /// Opens the samples that the mode needs.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if they are missing or do not fit the model.
    init(
        _ options: QuantizationOptions, for graph: Graph, seed: UInt64, threads: ThreadBudget,
        protectedFiles: [String]
    ) throws {
        self.protectedFiles = protectedFiles
        self.options = options
        self.threads = threads
        let isSupplied = options.statistics != nil || TrainedRanges.exist(in: graph)
        guard options.mode.activationBits != nil, options.samples == nil && !isSupplied else {
            let samples = try options.samples.map { try $0.open(for: graph, seed: seed) }
            self.samples = samples
            verificationSamples =
                try samples
                ?? (TrainedRanges.exist(in: graph) && options.mode.activationBits != nil
                    ? CalibrationSamples.random.open(for: graph, seed: seed) : nil)
            remarks = try samples.map { try InputScaling.remarks(on: $0, for: graph) } ?? []
            return
        }
        throw Problem(
            .invalidArgument(
                "\(options.mode.rawValue) needs typical inputs to find the ranges of all values",
                remedy:
                    "Give a .npz file or a folder of images with \(.samples); \(.noise) takes noise, "
                    + "which costs accuracy."))
    }

    /// The target with what the mode lets it use.
    func target(_ target: Target) -> Target {
        switch options.mode {
        case .dynamic: target
        case .float16, .weights: target.withoutHybridKernels
        case .int8, .int16x8: target
        }
    }

    /// The target for which operations are spelled out before ranges are observed.
    func expansionTarget(_ target: Target) -> Target {
        options.mode.activationBits == nil ? target : target.forIntegers
    }

    /// How weights are stored beside real numbers.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` for a width or a length that no kernel has.
    private func weightForm() throws -> WeightScheme.Form {
        guard options.mode != .float16 else { return .float16 }
        guard options.weightBits == 4 || options.weightBits == 8 else {
            throw Problem(
                .invalidArgument(
                    "weights cannot have \(options.weightBits) bits", remedy: "Give 4 or 8."))
        }
        if let length = options.blockLength {
            guard options.mode == .dynamic, options.weightBits == 4,
                [32, 64, 128, 256].contains(length)
            else {
                throw Problem(
                    .invalidArgument(
                        "weights cannot have scales for blocks of \(length) here",
                        remedy:
                            "Give 32, 64, 128 or 256 for 4-bit weights in the mode dynamic; no operator makes "
                            + "floats of such blocks in the mode weights."))
            }
        }
        return .integers(bits: options.weightBits, blockLength: options.blockLength)
    }

    /// Stores numbers in fewer bits and converts them if the target does not compute with what is stored.
    ///
    /// - Parameter progress: is told which part is done, 0…1.
    func run(
        on graph: inout Graph, for target: Target, progress: @escaping (Double) throws -> Void
    ) throws -> Result {
        let patterns = LayerPatterns(options.floatLayers)
        if let unused = LayerPatterns(options.floatLayers + options.wideLayers)
            .unused(among: graph.nodes.map(\.layer))
        {
            throw Problem(
                .invalidArgument(
                    "no layer is called '\(unused)'",
                    remedy: "Give the name of a Keras layer, or a pattern with *."))
        }
        var result: Result
        if let bits = options.mode.activationBits {
            result = try IntegerQuantizer(
                options, samples, threads, protectedFiles: protectedFiles, bits: bits,
                target: target, progress: progress
            ).run(on: &graph)
        } else if options.keepsFileIntegers {
            result = Result(
                report: QuantizationReport("as in the model", FileIntegers.store(in: &graph)))
        } else {
            let form = try weightForm()
            let scheme = WeightScheme(
                form, leastCount: options.leastElementCount, searchesScales: true
            ) {
                patterns.contains($0)
            }
            let stored = try scheme.apply(to: &graph)
            result = Result(report: QuantizationReport(options.mode, stored))
            result.warnings = stored.wideLayers.map {
                "layer '\($0)': a constant stays in 32 bits, because 16-bit floats do not reach its numbers"
            }
            if options.blockLength != nil, stored.narrowCount > 0 {
                result.warnings.append(
                    "scales of blocks: LiteRT's reference kernels and runtimes before 2.18 compute something else "
                        + "without an error; use XNNPACK")
            }
        }
        result.warnings += remarks
        try Legalize.convert(&graph, for: target)
        return result
    }
}
