import Evaluation
import GraphIR
import Problems
import Tensors

/// Compares a written file with the graph as it was imported.
struct Verifier {
    /// The graph before any pass.
    let graph: Graph
    let options: ConversionOptions
    let cancellation: Cancellation

    /// Starts to run the reference.
    func startReference() throws -> ReferenceRun {
        ReferenceRun(graph, try samples, precision: precision)
    }

    /// Runs the file on the inputs of the reference.
    ///
    /// - Throws: `Problem.Kind.verificationFailed` where an output differs by more than the tolerance.
    func verify(file path: String, with reference: ReferenceRun) throws -> VerificationReport {
        let samples = reference.samples
        let runner = try FileRunner(path: path, keepsPackedWeights: samples.count > 1)
        let report = try compare(runner, with: reference)
        guard let failed = report.outputs.first(where: { !($0.relativeError <= report.tolerance) })
        else { return report }
        let evaluator = GraphEvaluator(graph, precision: precision, threads: Processors.count)
        var differences = LayerDifferences(graph, tolerance: options.tolerance)
        runner.reset()
        for sample in samples { try differences.add(sample.inputs, evaluator, runner) }
        throw Problem(
            .verificationFailed(
                output: failed.name,
                firstDivergingLayer: differences.firstDiverging,
                error: "\(failed.maximumError) (\(failed.relativeError) of the spread)"))
    }

    /// How far the outputs of the file are from those of the reference.
    ///
    /// What layers keep between runs goes from sample to sample, from the start of both sides.
    ///
    /// - Parameter isolated: whether the file forgets what it keeps before each sample.
    func compare(
        _ runner: FileRunner, with reference: ReferenceRun, isolated: Bool = false
    ) throws -> VerificationReport {
        let samples = reference.samples
        runner.adopt(graph)
        runner.reset()
        let results = try samples.enumerated().map { index, sample in
            try cancellation.report(.verifying, Double(index) / Double(samples.count))
            if isolated { runner.reset() }
            return try runner.run(sample.inputs)
        }
        var differences = graph.outputs.map { OutputDifference(name: $0.name) }
        for (expected, actual) in zip(try reference.result(), results) {
            guard expected.count == actual.count else {
                throw Problem(
                    .invalidArgument(
                        "the file has \(actual.count) outputs, the model \(expected.count)",
                        remedy: "Name the file that was made from this model."))
            }
            for (position, pair) in zip(expected, actual).enumerated() {
                differences[position].add(
                    expected: Constant(pair.0).doubles(), actual: Constant(pair.1).doubles())
            }
        }
        return report(differences, samples)
    }

    /// The inputs, and the expected outputs where they were recorded.
    private var samples: [Sample] {
        get throws {
            guard let data = options.verificationData else {
                return Sample.generated(
                    for: graph, seed: options.seed, isThorough: options.verification == .full)
            }
            return try RecordedData(path: data).samples(for: graph)
        }
    }

    /// Which kernels the reference runs on.
    var precision: GraphEvaluator.Precision {
        options.verification == .full ? .reference : .fast
    }

    private func report(
        _ differences: [OutputDifference], _ samples: [Sample]
    ) -> VerificationReport {
        let reference =
            options.verificationData.map { "the outputs in \($0)" }
            ?? (options.verification == .full
                ? "the unoptimized model in double precision" : "the unoptimized model")
        var kinds: [String] = []
        for sample in samples where !kinds.contains(sample.kind) { kinds.append(sample.kind) }
        return VerificationReport(
            reference: reference, inputs: kinds, outputs: differences.map(\.report),
            tolerance: options.tolerance)
    }
}
