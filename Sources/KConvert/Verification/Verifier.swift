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

    /// Runs the file and the reference on the same inputs.
    ///
    /// - Throws: `Problem.Kind.verificationFailed` where an output differs by more than the tolerance.
    func verify(file path: String) throws -> VerificationReport {
        let runner = try FileRunner(path: path, forgets: graph.keepsState)
        let evaluator = GraphEvaluator(graph, precision: precision)
        let samples = try self.samples
        var differences = graph.outputs.map { OutputDifference(name: $0.name) }
        for (index, sample) in samples.enumerated() {
            try cancellation.report(.verifying, Double(index) / Double(samples.count))
            let expected = try sample.expected ?? evaluator.run(sample.inputs)
            let actual = try runner.run(sample.inputs)
            for (position, pair) in zip(expected, actual).enumerated() {
                differences[position].add(
                    expected: Constant(pair.0).doubles(), actual: Constant(pair.1).doubles())
            }
        }
        let failed = differences.first { !($0.relativeError <= options.tolerance) }
        guard let failed else { return report(differences, samples) }
        let layer = try samples.lazy.compactMap { sample in
            try Divergence(evaluator: evaluator, graph: graph, runner: runner)
                .firstLayer(on: sample.inputs, tolerance: options.tolerance)
        }.first
        throw Problem(
            .verificationFailed(
                output: failed.name, firstDivergingLayer: layer,
                error: "\(failed.maximumError) (\(failed.relativeError) of the spread)"))
    }

    private var samples: [Sample] {
        get throws {
            guard let data = options.verificationData else {
                return Sample.generated(for: graph, seed: options.seed)
            }
            return try RecordedData(path: data).samples(for: graph)
        }
    }

    private var precision: GraphEvaluator.Precision {
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
