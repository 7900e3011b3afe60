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
        let truth = try options.truth.map { try classes(named: $0, count: samples.count) }
        var settings = Approximation.Settings(budget: options.budget)
        settings.families = Set(
            options.families.compactMap { ApproximationFamily(rawValue: $0.rawValue) })
        settings.seed = seed
        let result = try Approximation(settings, costs: .liteRT, threads: threads)
            .run(on: graph, samples: samples, truth: truth, progress: progress)
        return Outcome(
            graph: result.graph,
            report: ApproximationReport(
                budget: options.budget, countsAnswers: truth != nil, error: result.error,
                fileError: nil, fitSamples: result.fitCount, judgeSamples: result.judging.count,
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

    /// The true class of each sample: a number, or the greatest of a row of scores.
    private func classes(named name: String, count: Int) throws -> [Int] {
        guard let path = options.samples.path, path.lowercased().hasSuffix(".npz") else {
            throw Problem(
                .invalidArgument(
                    "true classes are read from the file of the samples",
                    remedy: "Give the samples as a .npz file that holds the array '\(name)'."))
        }
        let arrays = try TensorFile.read(path)
        guard let array = arrays.first(where: { $0.name == name })?.tensor else {
            throw Problem(
                .invalidArgument(
                    "there is no array '\(name)' with true classes; the file holds "
                        + arrays.map(\.name).sorted().joined(separator: ", "),
                    remedy: "Name the array of true classes."), file: path)
        }
        let classes = array.classes
        guard classes.count == count, count > 0 else {
            throw Problem(
                .invalidArgument(
                    "'\(name)' holds \(classes.count) classes for \(count) samples",
                    remedy: "Give one class for each sample."), file: path)
        }
        return try classes.enumerated().map { row, number in
            guard let number else {
                throw Problem(
                    .invalidArgument(
                        "'\(name)' holds \(array.doubles[row]), which is not a class",
                        remedy: "Number the classes from 0."), file: path)
            }
            return number
        }
    }
}

extension ApproximationReport.Change {
    init(_ change: Approximation.Change) {
        self.init(
            layer: change.layer, rewrite: change.rewrite,
            multiplyAccumulatesBefore: change.before.multiplyAccumulates,
            multiplyAccumulatesAfter: change.after.multiplyAccumulates,
            secondsBefore: change.before.time / 1e9, secondsAfter: change.after.time / 1e9,
            error: change.error)
    }
}
