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
    /// Computes the outputs when they are asked for; nil if that happens beside other work.
    private let compute: (@Sendable () throws -> [ReferenceOutcome])?
    private let finished = DispatchGroup()
    private let isStopped = Locked(false)
    private let outputs = Locked<Result<[ReferenceOutcome], any Error>>(.success([]))

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
        let compute: @Sendable () throws -> [ReferenceOutcome] = { [isStopped] in
            try Self.outputs(of: graph, samples, precision, threads.count) {
                if isStopped.withLock({ $0 }) { throw Problem(.cancelled) }
            }
        }
        self.compute = isConcurrent ? nil : compute
        guard isConcurrent else { return }
        let budget = ResourceBudget.current
        DispatchQueue.global().async(group: finished) { [outputs] in
            let result = Result { try budget.apply(compute) }
            outputs.withLock { $0 = result }
        }
    }

    /// The outcomes for each sample, as soon as they are available.
    ///
    /// - Throws: what the evaluation threw.
    func result() throws -> [ReferenceOutcome] {
        if let compute { return try compute() }
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
    ) throws -> [ReferenceOutcome] {
        let evaluator = GraphEvaluator(
            graph, precision: precision, threads: threads,
            keepsPackedWeights: samples.count > 1)
        let layers = LayerRows(NamedLayers(of: graph))
        return try samples.map { sample in
            if let expected = sample.expected {
                return ReferenceOutcome(outputs: expected, layers: layers)
            }
            var found = layers
            let outputs = try evaluator.run(sample.inputs) { id, tensor in
                try check()
                found.add(tensor, of: graph[id])
            }
            return ReferenceOutcome(outputs: outputs, layers: found)
        }
    }
}
