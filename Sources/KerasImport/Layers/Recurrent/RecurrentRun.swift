import GraphIR
import Problems
import Tensors

/// One run of a cell through a sequence, in the form that suits it.
struct RecurrentRun {
    let cell: any RecurrentCell
    let settings: SequenceSettings
    /// The extents of each state without batch.
    let stateShapes: [[Int]]
    /// `[batch, …]` each; empty for zeros.
    let initialStates: [ValueID]
    /// `[batch, steps]` in the order of processing; nil where every step counts.
    let mask: ValueID?
    let weights: [Constant]
    let form: RecurrentForm

    /// The outputs for x `[batch, steps, …]` in the order of processing.
    func result(of x: ValueID, in builder: GraphBuilder) throws -> RecurrentResult {
        if mask == nil, form == .auto || form == .fused {
            let sequence = FusedSequence(
                x: x, initialStates: initialStates, weights: weights,
                isStateful: settings.isStateful && initialStates.isEmpty)
            if let result = try cell.fused(sequence, in: builder) { return result }
        }
        guard !settings.isStateful else {
            throw Problem(
                .unsupported(
                    what: "a stateful layer of this kind",
                    remedy: "Use an LSTM or SimpleRNN, or pass the states as inputs."))
        }
        return try unrolled(x, in: builder)
    }

    /// The operations of every step.
    private func unrolled(_ x: ValueID, in builder: GraphBuilder) throws -> RecurrentResult {
        let steps = try builder.shape(of: x).knownExtent(1)
        let prepared = try cell.prepare(weights, in: builder)
        let projections = try prepared.project(x, in: builder)
        let zeros = stateShapes.map {
            builder.constant(.filled(0, Shape([1, 1] + $0)), role: "zero_state")
        }
        var states =
            initialStates.isEmpty
            ? zeros : try initialStates.map { try builder.expandDimension($0, at: 1) }
        var steppedMask: ValueID?
        if let mask { steppedMask = try aligned(mask, in: builder) }
        var outputs: [ValueID] = []
        for step in 0..<steps {
            let inputs = try projections.map {
                try builder.slice($0, axis: 1, from: step, count: 1)
            }
            let new = try prepared.step(inputs, states: states, in: builder)
            guard let steppedMask else {
                states = new
                outputs.append(new[cell.outputState])
                continue
            }
            let isKept = try builder.slice(steppedMask, axis: 1, from: step, count: 1)
            let zero = zeros[cell.outputState]
            let other = settings.zeroesMaskedOutputs ? zero : outputs.last ?? zero
            outputs.append(
                try builder.add(.select(Select()), [isKept, new[cell.outputState], other]))
            states = try zip(new, states).map {
                try builder.add(.select(Select()), [isKept, $0, $1])
            }
        }
        let sequence = settings.returnsSequences ? try builder.concatenate(outputs, axis: 1) : nil
        return RecurrentResult(
            sequence: sequence, last: outputs.last,
            states: try states.map { try builder.squeezeDimension($0, at: 1) })
    }

    /// The mask with as many axes as the states of a step.
    private func aligned(_ mask: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let isKept = try builder.cast(mask, to: .bool)
        let shape = builder.shape(of: isKept).dims
        let rank = stateShapes[cell.outputState].count
        return try builder.reshape(isKept, shape + [Int](repeating: 1, count: rank))
    }
}
