import Foundations
import GraphIR
import Problems
import Quantization
import Targets
import Tensors

/// Stores the activations of a graph as integers: ranges, scales, and repairs that samples held back confirm.
struct IntegerQuantizer {
    private let options: QuantizationOptions
    private let samples: (any SampleSource)?
    private let threads: ThreadBudget
    private let bits: Int
    private let target: Target
    private let progress: (Double) throws -> Void
    private let method: RangeMethod
    /// What the file of statistics must not replace.
    private let protectedFiles: [String]

    /// - Parameters:
    ///   - bits: the width of activations.
    ///   - progress: is told which part is done, 0…1.
    /// - Throws: `Problem.Kind.invalidArgument` if ranges cannot be found as the options say.
    init(
        _ options: QuantizationOptions, _ samples: (any SampleSource)?, _ threads: ThreadBudget,
        protectedFiles: [String], bits: Int, target: Target,
        progress: @escaping (Double) throws -> Void
    ) throws {
        guard let method = RangeMethod(options.calibration) else {
            throw Problem(
                .invalidArgument(
                    "'\(options.calibration)' is not a valid way to find ranges",
                    remedy: "Give minmax, mse, or percentile:99.99."))
        }
        self.method = method
        self.protectedFiles = protectedFiles
        self.options = options
        self.samples = samples
        self.threads = threads
        self.bits = bits
        self.target = target
        self.progress = progress
    }

    /// A graph and the numbers that its values take on.
    private struct Base {
        var graph: Graph
        var ranges: [ValueID: ObservedRange]
        /// Whether recurrent cells that are one operator compute with integers.
        var hasIntegerCells: Bool
    }

    func run(on graph: inout Graph) throws -> Quantizer.Result {
        var base = Base(
            graph: graph, ranges: try ranges(of: graph), hasIntegerCells: options.hasIntegerCells)
        let repairs = try samples.flatMap { samples in
            samples.count >= 4
                ? try RepairSamples(samples, reference: graph, threads: threads) : nil
        }
        let cellGain = try repairs.flatMap { try releaseCells(of: &base, $0) }
        let factorGain = try repairs.flatMap { try equalize(&base, $0) }
        let rangeGain = try repairs.flatMap { try clipRanges(of: &base, $0) }
        try progress(0.6)
        let kept = try repairs.flatMap { try keptLayers(base, $0) }
        var (stored, summary) = try stored(base, keeping: Set(kept?.layers ?? []))
        try progress(0.8)
        let biasGain = try repairs.flatMap {
            try correctBias(of: &stored, base.graph, $0) { try progress(0.8 + $0 * 0.15) }
        }
        let agreement = try repairs.map {
            try LayerAgreement.layers(
                of: stored, against: base.graph, on: Array($0.heldBack.prefix(4)), threads: threads)
        }
        graph = stored
        var result = Quantizer.Result(
            report: QuantizationReport(options.mode, summary, stored, biasGain: biasGain))
        result.report.cellGain = cellGain
        result.report.equalizationGain = factorGain
        result.report.rangeGain = rangeGain
        result.report.budget = kept
        result.report.layers = (agreement ?? []).map { QuantizationReport.Layer($0) }
        if options.samples?.isNoise == true {
            result.warnings.append(
                "ranges come from noise, not from data; typical inputs give 1 to 5 dB more")
        }
        return result
    }

    /// The graph with stored values.
    ///
    /// - Parameter kept: layers that stay real beside those that the options name.
    private func stored(
        _ base: Base, keeping kept: Set<String>
    ) throws -> (graph: Graph, summary: IntegerSummary) {
        let patterns = LayerPatterns(options.floatLayers)
        let wide = LayerPatterns(options.wideLayers)
        let width = bits
        var scheme = IntegerScheme { layer in
            if patterns.contains(layer) || kept.contains(layer) { return nil }
            return wide.contains(layer) ? 16 : width
        }
        scheme.interface = interface
        scheme.hasIntegerCells = base.hasIntegerCells
        scheme.hasChannelScales = options.channelScales != .none
        scheme.hasRowScales = options.channelScales == .all
        var graph = base.graph
        let summary = try scheme.apply(to: &graph, ranges: base.ranges, for: target)
        // Real numbers that a run makes of stored weights take the memory that loops save.
        if target.favorsLoops { return (graph, summary) }
        let left = WeightScheme(.integers(bits: 8), leastCount: options.leastElementCount) {
            patterns.contains($0) || kept.contains($0)
        }
        _ = try left.apply(to: &graph)
        return (graph, summary)
    }

    private var interface: IntegerScheme.Interface {
        switch options.interface {
        case .float32: .real
        case .int8: .integer(bits: 8, isSigned: true)
        case .uint8: .integer(bits: 8, isSigned: false)
        case .int16: .integer(bits: 16, isSigned: true)
        }
    }

    private func ranges(of graph: Graph) throws -> [ValueID: ObservedRange] {
        let trained = TrainedRanges.ranges(of: graph)
        if let path = options.statistics {
            return try Statistics.read(path).ranges(for: graph, file: path)
        }
        guard let samples else { return trained }
        let ranges = try observed(graph, samples, by: method) { try progress($0 * 0.4) }
        if let path = options.savedStatistics {
            let text = try Statistics(ranges, of: graph, by: method).json()
            let file = try OutputFile(replacing: path, inputs: protectedFiles)
            try Array((text + "\n").utf8).withUnsafeBytes { try file.write($0, at: 0) }
            try file.commit()
        }
        return ranges.merging(trained) { $1 }
    }

    /// The ranges of values on samples.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if a sample is not one that the model takes.
    private func observed(
        _ graph: Graph, _ samples: any SampleSource, by method: RangeMethod,
        progress: @escaping (Double) throws -> Void = { _ in }
    ) throws -> [ValueID: ObservedRange] {
        do {
            return try Calibration(graph, samples, threads: threads, progress: progress)
                .ranges(by: method)
        } catch let problem as Problem {
            guard case .invalidShape(let reason) = problem.kind else { throw problem }
            throw Problem(
                .invalidArgument(
                    "a sample cannot be run: \(reason)",
                    remedy:
                        "Give inputs that the model takes, such as indices within its tables, with \(.samples)."
                ), layer: problem.layer)
        }
    }

    /// Divides channels by factors, if that helps; ranges of training hold for the weights as they are.
    ///
    /// - Returns: the gain in decibels; nil if nothing was changed.
    private func equalize(_ base: inout Base, _ repairs: RepairSamples) throws -> Double? {
        guard options.equalizes, let samples, !TrainedRanges.exist(in: base.graph),
            let other = try Equalization(
                of: base.graph, on: repairs.seen, scalesInputs: options.interface == .float32,
                threads: threads
            ).equalized()
        else { return nil }
        let ranges = try observed(other, samples, by: method) { try progress(0.4 + $0 * 0.2) }
        var candidate = base
        (candidate.graph, candidate.ranges) = (other, ranges)
        return try adopt(candidate, in: &base, repairs, leastGain: 0)
    }

    /// The agreement that cells of integers are left with in any case, and the gain that floats have to bring otherwise, in
    /// decibels.
    private static let cells = (enough: 30.0, gain: 3.0)

    /// Lets recurrent cells compute with floats beside 8-bit weights, if samples that were held back agree badly with integers,
    /// much better without, and the target has such operators.
    ///
    /// - Returns: the gain in decibels; nil if nothing was changed.
    private func releaseCells(of base: inout Base, _ repairs: RepairSamples) throws -> Double? {
        guard base.hasIntegerCells, !target.favorsLoops,
            try stored(base, keeping: []).summary.integerCells > 0
        else { return nil }
        var candidate = base
        candidate.hasIntegerCells = false
        return try adopt(
            candidate, in: &base, repairs, leastGain: Self.cells.gain, enough: Self.cells.enough)
    }

    /// Puts a candidate in the place of a graph if samples that were held back agree better by `leastGain` decibels, and at all.
    ///
    /// - Parameter enough: the ratio of signal to noise from which on nothing is changed.
    /// - Returns: the gain; nil if nothing was changed.
    private func adopt(
        _ candidate: Base, in base: inout Base, _ repairs: RepairSamples, leastGain: Double,
        enough: Double = .infinity
    ) throws -> Double? {
        let before = try repairs.agreement.signalToNoise(of: stored(base, keeping: []).graph)
        guard before < enough else { return nil }
        let gain =
            try repairs.agreement.signalToNoise(of: stored(candidate, keeping: []).graph) - before
        guard gain > 0, gain >= leastGain else { return nil }
        base = candidate
        return gain
    }

    /// The fewest samples whose rare numbers say something about others, the most multiplications that looking at them again may
    /// take, and the least gain in decibels.
    private static let clipping = (samples: 32, work: 4_000_000_000, gain: 0.5)

    /// Cuts ranges off at rare numbers, if samples that were held back agree clearly better then.
    ///
    /// - Returns: the gain in decibels; nil if nothing was changed.
    private func clipRanges(of base: inout Base, _ repairs: RepairSamples) throws -> Double? {
        guard options.clipsRanges, bits == 8, method == .extremes, options.savedStatistics == nil,
            let samples,
            samples.count >= Self.clipping.samples, !TrainedRanges.exist(in: base.graph),
            base.graph.cost.multiplyAccumulates <= Self.clipping.work / samples.count
        else { return nil }
        var candidate = base
        candidate.ranges = try observed(base.graph, samples, by: .leastError)
        let gain =
            try correctedAgreement(of: candidate, repairs) - correctedAgreement(of: base, repairs)
        guard gain >= Self.clipping.gain else { return nil }
        base = candidate
        return gain
    }

    /// The ratio of signal to noise on the samples held back, with biases moved if that helps: what is cut off moves means, too.
    private func correctedAgreement(of base: Base, _ repairs: RepairSamples) throws -> Double {
        var graph = try stored(base, keeping: []).graph
        _ = try correctBias(of: &graph, base.graph, repairs)
        return try repairs.agreement.signalToNoise(of: graph)
    }

    /// Moves biases, if samples that the correction has not seen say that it helps.
    ///
    /// - Returns: the gain in decibels; nil if nothing was changed.
    private func correctBias(
        of graph: inout Graph, _ reference: Graph, _ repairs: RepairSamples,
        progress: (Double) throws -> Void = { _ in }
    ) throws -> Double? {
        guard options.correctsBias else { return nil }
        let corrected = try BiasCorrection(reference: reference, threads: threads)
            .corrected(graph, on: repairs.seen, progress: progress)
        let before = try repairs.agreement.signalToNoise(of: graph)
        let gain = try repairs.agreement.signalToNoise(of: corrected) - before
        guard gain > 0 else { return nil }
        graph = corrected
        return gain
    }

    /// The layers that have to stay real to keep to the budget; nil without one.
    private func keptLayers(
        _ base: Base, _ repairs: RepairSamples
    ) throws -> QuantizationReport.Budget? {
        guard let budget = options.accuracyBudget else { return nil }
        let loss = try BudgetLoss(options, samples, repairs, reference: base.graph, threads)
        let initial = try stored(base, keeping: [])
        let real = Set(initial.summary.realLayers.map(\.layer))
        var layers: [String] = []
        for node in base.graph.nodes where !layers.contains(node.layer) {
            if !real.contains(node.layer) { layers.append(node.layer) }
        }
        let search = LayerBudget(layers) { kept in
            let found = try loss.measured(stored(base, keeping: kept).graph)
            // A file below the floor would not be written.
            let isRefused = found.signalToNoise < options.leastSignalToNoise
            return (isRefused ? max(found.loss, 1) : found.loss, found.signalToNoise)
        }
        let found = try search.fewest(under: budget) { try progress(0.6 + $0 * 0.2) }
        return QuantizationReport.Budget(
            measure: loss.name, limit: budget, loss: found.loss, layers: found.kept)
    }
}
