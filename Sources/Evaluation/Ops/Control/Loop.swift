import GraphIR
import Tensors

extension Loop {
    func compute(_ run: NodeRun) throws {
        let evaluator = GraphEvaluator(
            body.graph, precision: run.precision, threads: run.threads)
        let sequences = (0..<sequenceCount).map { run.tensor($0) }
        var states = (0..<stateCount).map { run.tensor(sequenceCount + $0) }
        if collects { copy(run.tensor(sequenceCount + stateCount), to: stateCount, of: run) }
        for step in 0..<run.shape(0)[1] {
            let inputs = try sequences.map { try self.step(step, of: $0) }
            let outputs = try evaluator.run(inputs + states)
            states = Array(outputs.prefix(stateCount))
            if collects { try collect(outputs[stateCount], step, run) }
        }
        for (index, state) in states.enumerated() { copy(state, to: index, of: run) }
    }

    private func step(_ step: Int, of sequence: Tensor) throws -> Tensor {
        var (begin, sizes) = (sequence.shape.dims.map { _ in 0 }, sequence.shape.dims)
        begin[1] = step
        sizes[1] = 1
        return try Op.slice(Slice(begin: begin, sizes: sizes)).evaluate(inputs: [sequence])[0]
    }

    private func copy(_ tensor: Tensor, to index: Int, of run: NodeRun) {
        tensor.withBytes { source in
            guard let base = source.baseAddress else { return }
            run.outputBytes(index).copyMemory(from: base, byteCount: source.count)
        }
    }

    /// Copies a step `[batch, 1, …]` into the collection.
    private func collect(_ tensor: Tensor, _ step: Int, _ run: NodeRun) throws {
        let shape = run.outputShape(stateCount)
        guard tensor.shape.elementCount * shape[1] == shape.elementCount else {
            throw run.invalid("a step \(tensor.shape) of \(shape)")
        }
        tensor.withBytes { source in
            let size = shape[0] > 0 ? source.count / shape[0] : 0
            for batch in 0..<shape[0] where size > 0 {
                let target = run.outputBytes(stateCount) + (batch * shape[1] + step) * size
                target.copyMemory(
                    from: UnsafeRawBufferPointer(
                        rebasing: source[batch * size..<(batch + 1) * size]
                    )
                    .baseAddress ?? UnsafeRawPointer(target), byteCount: size)
            }
        }
    }
}
