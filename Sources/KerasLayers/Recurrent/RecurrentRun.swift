import Foundations
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
            let sequence = FusedSequence(x: x, initialStates: initialStates, weights: weights)
            if let result = try cell.fused(sequence, in: builder) { return result }
        }
        let steps = builder.shape(of: x)[1]
        guard steps != 0 else { throw Problem(.invalidShape("the sequence has no steps")) }
        let unrolls = form == .unroll || (form != .while && suitsUnrolling(steps))
        return unrolls ? try unrolled(x, in: builder) : try looped(x, in: builder)
    }

    /// Whether the operators of every step are faster than a loop.
    ///
    /// A loop costs a constant time for each step. Runtimes pack the weights of every operator anew, so that those of many
    /// steps together leave the caches. More steps would make the file large for little.
    private func suitsUnrolling(_ steps: Int) -> Bool {
        guard steps != Shape.free, steps <= Self.largestUnrolledCount else { return false }
        let packed = weights.dropFirst().reduce(0) { $0 + $1.shape.elementCount }
        return saturatingProduct(packed, steps) <= Self.largestPackedCount
    }

    private static let largestUnrolledCount = 128
    /// Elements of all steps' weights that stay in the caches of common processors.
    private static let largestPackedCount = 1 << 21

    /// The operations of every step.
    private func unrolled(_ x: ValueID, in builder: GraphBuilder) throws -> RecurrentResult {
        let steps = try builder.shape(of: x).knownExtent(1)
        let prepared = try cell.prepare(weights, in: builder)
        let sequences = try sequences(x, prepared, in: builder)
        var states = try carriedShapes.enumerated().map { index, shape in
            try initialState(index, in: builder)
                ?? builder.constant(.filled(0, Shape([1, 1] + shape)), role: "zero_state")
        }
        var outputs: [ValueID] = []
        for step in 0..<steps {
            let inputs = try sequences.map {
                try builder.slice($0, axis: 1, from: step, count: 1)
            }
            let output: ValueID
            (output, states) = try advance(prepared, inputs, states, in: builder)
            outputs.append(output)
        }
        let sequence = settings.returnsSequences ? try builder.concatenate(outputs, axis: 1) : nil
        return RecurrentResult(
            sequence: sequence, last: outputs.last, states: try final(states, in: builder))
    }

    /// A loop over the steps.
    private func looped(_ x: ValueID, in builder: GraphBuilder) throws -> RecurrentResult {
        let projectsInside = try projectsInside(x, in: builder)
        let sequences =
            projectsInside
            ? [x] + (try alignedMask(in: builder))
            : try sequences(x, cell.prepare(weights, in: builder), in: builder)
        var states = try carriedShapes.enumerated().map { index, shape in
            try initialState(index, in: builder)
                ?? builder.zeros(shape, like: sequences[0], steps: 1)
        }
        let body = GraphBuilder(name: "\(builder.layer)/step")
        body.layer = builder.layer
        let inputs = sequences.enumerated().map { index, sequence in
            var type = builder.type(of: sequence)
            type.shape[1] = 1
            return body.input(type, name: "\(builder.layer)/input\(index)")
        }
        let carried = states.enumerated().map { index, state in
            body.input(builder.type(of: state), name: "\(builder.layer)/state\(index)")
        }
        let prepared = try cell.prepare(weights, in: body)
        let projections =
            projectsInside
            ? try prepared.project(inputs[0], in: body) + inputs.dropFirst() : inputs
        let (output, new) = try advance(prepared, projections, carried, in: body)
        for (index, state) in new.enumerated() { body.output(state, name: "state\(index)") }
        var arguments = sequences + states
        if settings.returnsSequences || mask != nil {
            body.output(output, name: "output")
            let shape = stateShapes[cell.outputState]
            arguments.append(try builder.zeros(shape, like: sequences[0], steps: nil))
        }
        let loop = Loop(body: body.graph, sequenceCount: sequences.count)
        var results = try builder.addMulti(.loop(loop), arguments)
        let sequence = loop.collects ? results.removeLast() : nil
        states = results
        let last = try sequence.map { try builder.lastStep($0) } ?? states[cell.outputState]
        return RecurrentResult(
            sequence: sequence, last: last, states: try final(states, in: builder))
    }

    /// What each step reads a part of: the projections of x and the mask.
    private func sequences(
        _ x: ValueID, _ prepared: any PreparedCell, in builder: GraphBuilder
    ) throws -> [ValueID] {
        try prepared.project(x, in: builder) + alignedMask(in: builder)
    }

    private func alignedMask(in builder: GraphBuilder) throws -> [ValueID] {
        try mask.map { [try aligned($0, in: builder)] } ?? []
    }

    /// Whether each step of a loop projects its part of x, instead of all steps before the loop.
    ///
    /// Runtimes copy at each step the whole of what a loop reads. Where that is smaller by more elements than the weights of
    /// the projection have, reading these at each step is the lesser cost.
    private func projectsInside(_ x: ValueID, in builder: GraphBuilder) throws -> Bool {
        let probe = GraphBuilder(name: builder.layer)
        var type = builder.type(of: x)
        let steps = type.shape[1] == Shape.free ? Self.largestUnrolledCount : type.shape[1]
        type.shape[1] = 1
        let step = probe.input(type, name: "step")
        let projections = try cell.prepare(weights, in: probe).project(step, in: probe)
        func count(_ value: ValueID) -> Int {
            probe.shape(of: value).dims.dropFirst().reduce(1) { saturatingProduct($0, $1) }
        }
        let saved = projections.reduce(0) { $0 + count($1) } - count(step)
        return saved > 0 && saturatingProduct(saved, steps) > weights[0].shape.elementCount
    }

    /// Whether the output of the step before is kept beside the states, from which it differs at the start only.
    private var carriesOutput: Bool {
        mask != nil && !settings.zeroesMaskedOutputs && !initialStates.isEmpty
    }

    /// The extents of what goes from step to step: the states and, if need be, the output.
    private var carriedShapes: [[Int]] {
        stateShapes + (carriesOutput ? [stateShapes[cell.outputState]] : [])
    }

    /// The initial value of something that goes from step to step; nil for zeros.
    private func initialState(_ index: Int, in builder: GraphBuilder) throws -> ValueID? {
        guard initialStates.indices.contains(index) else { return nil }
        return try builder.expandDimension(initialStates[index], at: 1)
    }

    private func final(_ states: [ValueID], in builder: GraphBuilder) throws -> [ValueID] {
        try states.prefix(stateShapes.count).map { try builder.squeezeDimension($0, at: 1) }
    }

    /// The output of one step and what goes to the next.
    private func advance(
        _ prepared: any PreparedCell, _ inputs: [ValueID], _ carried: [ValueID],
        in builder: GraphBuilder
    ) throws -> (output: ValueID, carried: [ValueID]) {
        let states = Array(carried.prefix(stateShapes.count))
        guard mask != nil, let isKept = inputs.last else {
            let new = try prepared.step(inputs, states: states, in: builder)
            return (new[cell.outputState], new)
        }
        let new = try prepared.step(Array(inputs.dropLast()), states: states, in: builder)
        let kept = try zip(new, states).map {
            try builder.add(.select(Select()), [isKept, $0, $1])
        }
        guard carriesOutput || settings.zeroesMaskedOutputs else {
            return (kept[cell.outputState], kept)
        }
        let shape = Shape([1, 1] + stateShapes[cell.outputState])
        let other =
            carriesOutput
            ? carried[carried.count - 1] : builder.constant(.filled(0, shape), role: "zero_state")
        let output = try builder.add(
            .select(Select()), [isKept, new[cell.outputState], other])
        return (output, carriesOutput ? kept + [output] : kept)
    }

    /// The mask with as many axes as the states of a step.
    private func aligned(_ mask: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let isKept = try builder.cast(mask, to: .bool)
        let shape = builder.shape(of: isKept).dims
        let rank = stateShapes[cell.outputState].count
        return try builder.reshape(isKept, shape + [Int](repeating: 1, count: rank))
    }
}

extension GraphBuilder {
    /// Zeros `[batch, steps, …]` with the batch of a sequence of floats and, unless `steps` are given, its steps.
    ///
    /// No number is below itself, so that the zeros do not depend on the elements.
    fileprivate func zeros(_ shape: [Int], like sequence: ValueID, steps: Int?) throws -> ValueID {
        var x = sequence
        for axis in 2..<self.shape(of: x).rank { x = try slice(x, axis: axis, from: 0, count: 1) }
        if let steps { x = try slice(x, axis: 1, from: 0, count: steps) }
        let dims = Array(self.shape(of: x).dims.prefix(2)) + shape.map { _ in 1 }
        if self.shape(of: x).dims != dims { x = try reshape(x, dims) }
        let zero = try cast(binary(.less, x, x), to: .float32)
        return try multiply(
            zero, constant(.filled(0, Shape([1, 1] + shape)), role: "zeros"))
    }
}
