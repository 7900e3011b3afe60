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
            result = try storeActivations(of: &graph, bits, patterns, target, progress)
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
        try Legalize.convert(&graph, for: target)
        return result
    }

    private func storeActivations(
        of graph: inout Graph, _ bits: Int, _ patterns: LayerPatterns, _ target: Target,
        _ progress: @escaping (Double) throws -> Void
    ) throws -> Result {
        let ranges = try ranges(of: graph, progress: { try progress($0 * 0.6) })
        let wide = LayerPatterns(options.wideLayers)
        var scheme = IntegerScheme { layer in
            if patterns.contains(layer) { return nil }
            return wide.contains(layer) ? 16 : bits
        }
        scheme.interface = interface
        scheme.hasChannelScales = options.channelScales != .none
        scheme.hasRowScales = options.channelScales == .all
        let reference = graph
        let summary = try scheme.apply(to: &graph, ranges: ranges, for: target)
        let left = WeightScheme(.integers(bits: 8), leastCount: options.leastElementCount) {
            patterns.contains($0)
        }
        _ = try left.apply(to: &graph)
        let gain = try correctBias(of: &graph, reference) { try progress(0.6 + $0 * 0.4) }
        var result = Result(
            report: QuantizationReport(options.mode, summary, graph, biasGain: gain))
        if options.samples?.isNoise == true {
            result.warnings.append(
                "ranges come from noise, not from data; typical inputs give 1 to 5 dB more")
        }
        return result
    }

    private var interface: IntegerScheme.Interface {
        switch options.interface {
        case .float32: .real
        case .int8: .integer(bits: 8, isSigned: true)
        case .uint8: .integer(bits: 8, isSigned: false)
        case .int16: .integer(bits: 16, isSigned: true)
        }
    }

    private func ranges(
        of graph: Graph, progress: @escaping (Double) throws -> Void
    ) throws -> [ValueID: ObservedRange] {
        let trained = TrainedRanges.ranges(of: graph)
        if samples == nil, options.statistics == nil { return trained }
        if let path = options.statistics {
            return try Statistics.read(path).ranges(for: graph, file: path)
        }
        guard let samples, let method = RangeMethod(options.calibration) else {
            throw Problem(
                .invalidArgument(
                    "'\(options.calibration)' is not a valid way to find ranges",
                    remedy: "Give minmax, mse, or percentile:99.99."))
        }
        let ranges = try Calibration(graph, samples, threads: threads, progress: progress)
            .ranges(by: method)
        if let path = options.savedStatistics {
            let text = try Statistics(ranges, of: graph, by: method).json()
            let file = try OutputFile(replacing: path, inputs: protectedFiles)
            try Array((text + "\n").utf8).withUnsafeBytes { try file.write($0, at: 0) }
            try file.commit()
        }
        return ranges.merging(trained) { $1 }
    }

    /// The most samples that a repair looks at, and that tell whether it helped.
    private static let repairSampleCount = 16

    /// Moves biases, if samples that the correction has not seen say that it helps.
    ///
    /// - Returns: the gain in decibels; nil if nothing was changed.
    private func correctBias(
        of graph: inout Graph, _ reference: Graph, progress: (Double) throws -> Void
    ) throws -> Double? {
        guard options.correctsBias, let samples, samples.count >= 4 else { return nil }
        let count = min(samples.count / 2, Self.repairSampleCount)
        let seen = try (0..<count).map { try samples.inputs($0 * 2) }
        let corrected = try BiasCorrection(reference: reference, threads: threads)
            .corrected(graph, on: seen) { try progress($0 * 0.6) }
        let heldBack = try (0..<count).map { try samples.inputs($0 * 2 + 1) }
        let agreement = GraphAgreement(reference: reference, heldBack, threads: threads)
        let before = try agreement.signalToNoise(of: graph)
        try progress(0.8)
        let gain = try agreement.signalToNoise(of: corrected) - before
        guard gain > 0 else { return nil }
        graph = corrected
        return gain
    }
}
