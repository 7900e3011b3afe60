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
            samples = try options.samples.map { try $0.open(for: graph, seed: seed) }
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
        } else {
            let form: WeightScheme.Form = options.mode == .float16 ? .float16 : .integers(bits: 8)
            let scheme = WeightScheme(form, leastCount: options.leastElementCount) {
                patterns.contains($0)
            }
            let stored = try scheme.apply(to: &graph)
            result = Result(report: QuantizationReport(options.mode, stored))
            result.warnings = stored.wideLayers.map {
                "layer '\($0)': a constant stays in 32 bits, because 16-bit floats do not reach its numbers"
            }
        }
        result.warnings += remarks
        try Legalize.convert(&graph, for: target)
        return result
    }
}
