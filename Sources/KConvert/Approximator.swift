import Approximation
import Cost
import Foundations
import GraphIR
import Interpreter
import Problems
import Quantization
import TensorFiles
import Tensors
import Verification

/// Replaces parts of a graph by cheaper ones as options ask, and measures the written file.
struct Approximator {
    let options: ApproximationOptions
    let seed: UInt64
    let threads: ThreadBudget

    /// What was done, and what measures it.
    struct Outcome {
        var graph: Graph
        var report: ApproximationReport
        fileprivate var samples: [[Tensor]]
        fileprivate var measure: ApproximationError
    }

    /// Approximates an optimized graph.
    ///
    /// - Throws: `Problem.Kind.invalidArgument` if samples or truth do not fit the model.
    func run(on graph: Graph, progress: (Double) throws -> Void) throws -> Outcome {
        let samples = try options.samples.open(for: graph, seed: seed)
        let truth = try options.truth.map {
            try TrueClasses.read($0, of: options.samples, count: samples.count)
        }
        var settings = Approximation.Settings(budget: options.budget)
        settings.families = Set(
            options.families.compactMap { ApproximationFamily(rawValue: $0.rawValue) })
        settings.seed = seed
        let result = try Approximation(settings, costs: .liteRT, threads: threads)
            .run(
                on: graph, samples: samples,
                fitting: options.fitSamples.map { try $0.open(for: graph, seed: seed) },
                truth: truth, progress: progress)
        return Outcome(
            graph: result.graph,
            report: ApproximationReport(
                budget: options.budget, countsAnswers: truth != nil, error: result.error,
                fileError: nil, fitSamples: result.fitCount,
                tuningSamples: result.tuningCount, judgeSamples: result.judging.count,
                changes: result.changes.map { ApproximationReport.Change($0) }),
            samples: result.judging, measure: result.measure)
    }

    /// The report with the error of a written file.
    ///
    /// - Throws: `LiteModelError` if the file cannot be run.
    func measured(_ outcome: Outcome, file: FileSource) throws -> ApproximationReport {
        let runner = try FileRunner(file, threads: threads)
        runner.adopt(outcome.graph)
        let outputs = try outcome.samples.map { inputs in
            runner.reset()
            return try runner.run(inputs).map {
                $0.dtype == .float32 ? $0.array(of: Float.self) : []
            }
        }
        var report = outcome.report
        report.fileError = outcome.measure.error(of: outputs)
        return report
    }
}

extension ApproximationReport.Change {
    init(_ change: LayerChange) {
        self.init(
            layer: change.layer, rewrite: change.rewrite,
            multiplyAccumulatesBefore: change.before.multiplyAccumulates,
            multiplyAccumulatesAfter: change.after.multiplyAccumulates,
            secondsBefore: change.before.time / 1e9, secondsAfter: change.after.time / 1e9,
            error: change.error)
    }
}
