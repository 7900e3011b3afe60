import GraphIR
import Tensors

extension Loop {
    func compute(_ run: NodeRun) throws {
        let evaluator = GraphEvaluator(
            body.graph, precision: run.precision, threads: run.threads)
        let sequences = (0..<sequenceCount).map { run.tensor($0) }
        var states = (0..<stateCount).map { run.tensor(sequenceCount + $0) }
        if collects { run.copy(run.tensor(sequenceCount + stateCount), to: stateCount) }
        for step in 0..<run.shape(0)[1] {
            let inputs = try sequences.map { try run.step(step, of: $0) }
            let outputs = try evaluator.run(inputs + states)
            states = Array(outputs.prefix(stateCount))
            if collects { try run.collect(outputs[stateCount], step, in: stateCount) }
        }
        for (index, state) in states.enumerated() { run.copy(state, to: index) }
    }
}
