import Evaluation
import Foundations
import GraphIR
import Tensors

/// How far a graph is from the original one on samples.
package struct ApproximationError: Sendable {
    /// The right answer for each sample, if the error is the loss of right answers.
    private let truth: [Int]?
    private let samples: [[Tensor]]
    /// For each sample the float outputs of the original.
    private let expected: [[[Float]]]
    private let threads: ThreadBudget

    /// - Parameters:
    ///   - truth: for each sample the class that the first output should name; nil to measure the outputs themselves.
    /// - Throws: `Problem` if a sample cannot be run.
    package init(
        of graph: Graph, on samples: [[Tensor]], truth: [Int]?, threads: ThreadBudget
    ) throws {
        self.truth = truth
        self.samples = samples
        self.threads = threads
        expected = try Self.outputs(of: graph, samples, threads: threads)
    }

    /// The error of another graph with the same inputs and outputs: the part of right answers that it loses; without a truth the
    /// greatest over the outputs of the root mean square difference, relative to the standard deviation of the output.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    package func error(of graph: Graph) throws -> Double {
        error(of: try Self.outputs(of: graph, samples, threads: threads))
    }

    /// The error of outputs, for each sample in the model's order.
    package func error(of outputs: [[[Float]]]) -> Double {
        if let answers = answers(of: outputs) { return answers.loss }
        let ratios = (expected.first ?? []).indices.map { port in
            Self.relativeError(outputs.map { $0[port] }, expected.map { $0[port] })
        }
        return ratios.max() ?? 0
    }

    /// The error of another graph, and how its answers changed if there is a truth.
    ///
    /// - Throws: `Problem` if a sample cannot be run.
    func judgement(of graph: Graph) throws -> (error: Double, answers: ChangedAnswers?) {
        let outputs = try Self.outputs(of: graph, samples, threads: threads)
        return (error(of: outputs), answers(of: outputs))
    }

    /// The mean over the outputs of the squared difference relative to the variance, which falls and rises smoothly.
    func smoothError(of graph: Graph) throws -> Double {
        let outputs = try Self.outputs(of: graph, samples, threads: threads)
        let squares = (expected.first ?? []).indices.map { port in
            let ratio = Self.relativeError(outputs.map { $0[port] }, expected.map { $0[port] })
            return ratio * ratio
        }
        return squares.reduce(0, +) / Double(max(squares.count, 1))
    }

    private func answers(of outputs: [[[Float]]]) -> ChangedAnswers? {
        guard let truth else { return nil }
        var changed = ChangedAnswers(count: samples.count)
        for (sample, right) in truth.enumerated() {
            let (before, after) = (
                Self.answer(expected[sample]) == right, Self.answer(outputs[sample]) == right
            )
            changed.lost += before && !after ? 1 : 0
            changed.gained += after && !before ? 1 : 0
        }
        return changed
    }

    /// The class with the highest score of the first output.
    private static func answer(_ outputs: [[Float]]) -> Int? {
        outputs.first.flatMap { scores in scores.max().flatMap { scores.firstIndex(of: $0) } }
    }

    private static func relativeError(_ outputs: [[Float]], _ expected: [[Float]]) -> Double {
        var (sum, count, difference) = (0.0, 0, 0.0)
        for (a, e) in zip(outputs, expected) {
            for (x, y) in zip(a, e) {
                difference += (Double(x) - Double(y)) * (Double(x) - Double(y))
                sum += Double(y)
            }
            count += e.count
        }
        let mean = sum / Double(max(count, 1))
        let variance = expected.joined().reduce(0.0) {
            $0 + (Double($1) - mean) * (Double($1) - mean)
        }
        guard difference.isFinite else { return .infinity }
        return variance > 0
            ? (difference / variance).squareRoot() : (difference > 0 ? .infinity : 0)
    }

    private static func outputs(
        of graph: Graph, _ samples: [[Tensor]], threads: ThreadBudget
    ) throws -> [[[Float]]] {
        // What a graph keeps from run to run must not reach the next sample.
        let isStateless = graph.states.isEmpty
        return try threads.map(
            samples.count, with: { GraphEvaluator(graph, precision: .fast) }
        ) { evaluator, sample in
            let evaluator = isStateless ? evaluator : GraphEvaluator(graph, precision: .fast)
            return try evaluator.run(samples[sample]).map {
                $0.dtype == .float32 ? $0.array(of: Float.self) : []
            }
        }
    }
}
