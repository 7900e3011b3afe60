import GraphIR
import Tensors

extension Recurrence {
    func compute(_ run: NodeRun) throws {
        let initial = (firstState..<run.inputCount).map { run.tensor($0) }
        if run.isFast, !hasMask, let sequence = cell.sequence {
            return try computeAtOnce(sequence, initial, run)
        }
        let (batch, steps) = (run.shape(0)[0], run.shape(0)[1])
        let (x, mask) = (run.tensor(0), hasMask ? Constant(run.tensor(1)).doubles() : nil)
        let evaluator = GraphEvaluator(
            cell.step, precision: run.precision, threads: run.threads)
        var states = cell.stateTypes.enumerated().map { index, type in
            let shape = Shape([batch, 1] + type.shape.dims.dropFirst(2))
            return initial.isEmpty
                ? Tensor.zeros(type.dtype, shape) : initial[index].reshaped(shape)
        }
        let zeros = Tensor.zeros(
            states[cell.outputState].dtype, states[cell.outputState].shape)
        var output = zeros
        for step in 0..<steps {
            var new = try evaluator.run([run.step(step, of: x)] + states)
            var made = new[cell.outputState]
            if let mask {
                let counts = (0..<batch).map { mask[$0 * steps + step] != 0 }
                made = made.rows(where: counts, else: zeroesMaskedOutputs ? zeros : output)
                new = zip(new, states).map { $0.rows(where: counts, else: $1) }
            }
            (output, states) = (made, new)
            try run.collect(output, step, in: 0)
        }
        for (index, result) in ([output] + states).enumerated() { run.copy(result, to: index + 1) }
    }

    /// The whole sequence in the operation that knows it.
    private func computeAtOnce(
        _ sequence: Graph, _ initial: [Tensor], _ run: NodeRun
    ) throws {
        let made = try GraphEvaluator(sequence, precision: .fast, threads: run.threads)
            .run([run.tensor(0)] + initial)
        let last = try run.step(run.shape(0)[1] - 1, of: made[0])
        var states = Array(made.dropFirst())
        states.insert(last, at: cell.outputState)
        for (index, result) in ([made[0], last] + states).enumerated() {
            run.copy(result, to: index)
        }
    }
}

extension Tensor {
    /// The rows along the first axis for which `condition` holds, and those of `other` elsewhere.
    fileprivate func rows(where condition: [Bool], else other: Tensor) -> Tensor {
        Tensor(dtype: dtype, shape: shape) { target in
            let size = condition.isEmpty ? 0 : target.count / condition.count
            for (row, holds) in condition.enumerated() {
                (holds ? self : other).withBytes { source in
                    let range = row * size..<(row + 1) * size
                    UnsafeMutableRawBufferPointer(rebasing: target[range])
                        .copyMemory(from: UnsafeRawBufferPointer(rebasing: source[range]))
                }
            }
        }
    }
}
