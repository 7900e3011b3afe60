import Dispatch
import Evaluation
import Foundations
import GraphIR
import Problems
import Tensors

/// What a graph computes for one sample.
struct ReferenceOutcome: Sendable {
    let outputs: [Tensor]
    /// A part of what the layers give; nothing if the outputs were recorded.
    let layers: LayerRows
}

/// What a graph computes for some samples.
package final class ReferenceRun: Sendable {
    let samples: [Sample]
    private let compute: @Sendable () throws -> [ReferenceOutcome]
    private let finished = DispatchGroup()
    private let isStopped = Locked(false)
    /// What was computed; nil if nobody has asked yet.
    private let outcomes = Locked<Result<[ReferenceOutcome], any Error>?>(nil)

    /// The runs.
    ///
    /// - Parameter isConcurrent: whether the outputs are computed beside other work from now on, instead of when they are
    ///   asked for.
    init(
        _ graph: Graph, _ samples: [Sample], precision: GraphEvaluator.Precision,
        threads: ThreadBudget,
        isConcurrent: Bool
    ) {
        self.samples = samples
        compute = { [isStopped] in
            try Self.outputs(of: graph, samples, precision, threads.count) {
                if isStopped.withLock({ $0 }) { throw Problem(.cancelled) }
            }
        }
        guard isConcurrent else { return }
        let budget = ResourceBudget.current
        DispatchQueue.global().async(group: finished) { [outcomes, compute] in
            let result = Result { try budget.apply(compute) }
            outcomes.withLock { $0 = result }
        }
    }

    /// The outcomes for each sample, as soon as they are available.
    ///
    /// - Throws: what the evaluation threw.
    func result() throws -> [ReferenceOutcome] {
        finished.wait()
        return try outcomes.withLock { known in
            let result = known ?? Result(catching: compute)
            known = result
            return try result.get()
        }
    }

    /// Ends the work after the present operation and waits for that.
    package func stop() {
        isStopped.withLock { $0 = true }
        finished.wait()
    }

    private static func outputs(
        of graph: Graph, _ samples: [Sample], _ precision: GraphEvaluator.Precision,
        _ threads: Int, check: () throws -> Void
    ) throws -> [ReferenceOutcome] {
        let evaluator = GraphEvaluator(
            graph, precision: precision, threads: threads,
            keepsPackedWeights: samples.count > 1)
        let layers = NamedLayers(of: graph)
        return try samples.enumerated().map { index, sample in
            var found = LayerRows(layers, sample: index, of: samples.count)
            if let expected = sample.expected {
                return ReferenceOutcome(outputs: expected, layers: found)
            }
            let outputs = try evaluator.run(sample.inputs) { id, tensor in
                try check()
                found.add(tensor, of: id)
            }
            return ReferenceOutcome(outputs: outputs, layers: found)
        }
    }
}
