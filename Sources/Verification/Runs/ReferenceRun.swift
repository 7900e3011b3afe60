import Dispatch
import Evaluation
import Foundations
import GraphIR
import Problems
import Tensors

/// The outputs that a graph has for some samples, computed beside other work from the moment this is made.
package final class ReferenceRun: Sendable {
    let samples: [Sample]
    private let finished = DispatchGroup()
    private let isStopped = Locked(false)
    private let outputs = Locked<Result<[[Tensor]], any Error>>(.success([]))

    /// Starts the runs.
    init(
        _ graph: Graph, _ samples: [Sample], precision: GraphEvaluator.Precision, threads: Int
    ) {
        self.samples = samples
        DispatchQueue.global().async(group: finished) { [isStopped, outputs] in
            let result = Result {
                try Self.outputs(of: graph, samples, precision, threads) {
                    if isStopped.withLock({ $0 }) { throw Problem(.cancelled) }
                }
            }
            outputs.withLock { $0 = result }
        }
    }

    /// The outputs for each sample, as soon as they are available.
    ///
    /// - Throws: what the evaluation threw.
    func result() throws -> [[Tensor]] {
        finished.wait()
        return try outputs.withLock { try $0.get() }
    }

    /// Ends the work after the present operation and waits for that.
    package func stop() {
        isStopped.withLock { $0 = true }
        finished.wait()
    }

    private static func outputs(
        of graph: Graph, _ samples: [Sample], _ precision: GraphEvaluator.Precision,
        _ threads: Int, check: () throws -> Void
    ) throws -> [[Tensor]] {
        let evaluator = GraphEvaluator(
            graph, precision: precision, threads: threads,
            keepsPackedWeights: samples.count > 1)
        return try samples.map { sample in
            try sample.expected ?? evaluator.run(sample.inputs) { _, _ in try check() }
        }
    }
}
