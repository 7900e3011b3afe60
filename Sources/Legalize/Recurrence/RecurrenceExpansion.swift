import Cost
import GraphIR
import Problems
import TFLiteFormat
import Targets
import Tensors

/// One recurrence in the form that suits it.
///
/// The axis of time stays, with one step in it: all per-step tensors are `[batch, 1, …]`. Zero initial states have a batch
/// of one and broadcast.
struct RecurrenceExpansion {
    private let recurrence: Recurrence
    private let target: Target
    private let costs: CostModel
    private let form: RecurrentForm
    private let builder: GraphBuilder
    /// The sequence, `[batch, steps, …]`.
    private let x: ValueID
    /// What steps count, `[batch, steps]`; nil if every one does.
    private let mask: ValueID?
    /// The states before the first step, `[batch, …]` each; empty for zeros.
    private let initialStates: [ValueID]
    /// Whether anything reads the output of every step.
    private let readsSequence: Bool
    /// How many steps the form is chosen for.
    private let typicalSteps: Int
    /// What the outputs of all steps are called; nil if they have no name.
    private let name: String?

    init(
        _ recurrence: Recurrence, inputs: [ValueID], readsSequence: Bool, typicalSteps: Int,
        name: String?, target: Target, costs: CostModel, form: RecurrentForm,
        builder: GraphBuilder
    ) {
        self.recurrence = recurrence
        self.target = target
        self.costs = costs
        self.form = form
        self.builder = builder
        self.readsSequence = readsSequence
        self.typicalSteps = typicalSteps
        self.name = name
        x = inputs[0]
        mask = recurrence.hasMask ? inputs[1] : nil
        initialStates = Array(inputs.dropFirst(recurrence.firstState))
    }

    private var cell: RecurrenceCell { recurrence.cell }

    /// The outputs of the recurrence; that of every step is the last one if nothing reads it.
    func outputs() throws -> [ValueID] {
        if let outputs = try fused() { return outputs }
        let choice = RecurrenceChoice(
            cell.step, projectionCount: cell.projectionCount, costs: costs)
        let unrolls =
            form == .unroll || (form != .while && prefersUnrolling(choice))
        return unrolls ? try unrolled() : try looped(choice)
    }

    /// Whether the operators of every step are better, or the only form that the target has.
    private func prefersUnrolling(_ choice: RecurrenceChoice) -> Bool {
        if readsSequence || mask != nil, !target.has(.dynamicUpdateSlice),
            typicalSteps != Shape.free
        {
            return true
        }
        return !target.favorsLoops && choice.suitsUnrolling(steps: typicalSteps)
    }

    /// The whole sequence in one operation; nil if the target has none or another form is asked for.
    private func fused() throws -> [ValueID]? {
        guard form == .auto || form == .fused, mask == nil, let sequence = cell.sequence,
            sequence.nodes.allSatisfy({ target.runsSequence($0.op) })
        else { return nil }
        var inlined = InlinedGraph(sequence, inputs: [x] + initialStates, in: builder)
        try inlined.add(sequence.nodes, in: builder)
        let made = inlined.values(sequence.outputs.map(\.value))
        let last = try builder.lastStep(made[0])
        var states = Array(made.dropFirst())
        if !states.isEmpty {
            states.insert(try builder.squeezeDimension(last, at: 1), at: cell.outputState)
        }
        let output = try builder.squeezeDimension(last, at: 1)
        return [made[0], output] + (states.isEmpty ? [output] : states)
    }

    /// The operations of every step.
    private func unrolled() throws -> [ValueID] {
        let steps = builder.shape(of: x)[1]
        guard steps != Shape.free else {
            throw Problem(
                .unsupported(
                    what: "an unrolled sequence of unknown length",
                    remedy: "Fix it with \(.inputShapes)."), layer: builder.layer)
        }
        var cell = CellWriter(cell, x, in: builder)
        let sequences = try cell.project() + alignedMask()
        var states = try carriedShapes.enumerated().map { index, shape in
            try initialState(index)
                ?? builder.constant(.filled(0, Shape([1, 1] + shape)), role: "zero_state")
        }
        var outputs: [ValueID] = []
        for step in 0..<steps {
            let inputs = try sequences.map {
                try builder.slice($0, axis: 1, from: step, count: 1)
            }
            let output: ValueID
            (output, states) = try advance(&cell, inputs, states)
            if let name { builder.finish(output, asOutputOf: Self.name(ofStep: step, of: name)) }
            outputs.append(output)
        }
        let last = outputs[steps - 1]
        let sequence = readsSequence ? try builder.concatenate(outputs, axis: 1) : last
        return try results(sequence: sequence, last: last, states)
    }

    /// What the output of an unrolled step is called, by which verification finds it in a file: `lstm/steps:3`.
    private static func name(ofStep step: Int, of sequence: String) -> String {
        "\(sequence.hasSuffix("/steps") ? sequence : sequence + "/steps"):\(step)"
    }

    /// A loop over the steps.
    private func looped(_ choice: RecurrenceChoice) throws -> [ValueID] {
        let projectsInside = choice.projectsInside(steps: typicalSteps)
        let sequences: [ValueID]
        if projectsInside {
            sequences = try [x] + alignedMask()
        } else {
            var cell = CellWriter(cell, x, in: builder)
            sequences = try cell.project() + alignedMask()
        }
        let initial = try carriedShapes.enumerated().map { index, shape in
            try initialState(index) ?? builder.zeros(shape, like: sequences[0], steps: 1)
        }
        let body = GraphBuilder(name: "\(builder.layer)/step")
        body.layer = builder.layer
        let inputs = sequences.enumerated().map { index, sequence in
            var type = builder.type(of: sequence)
            type.shape[1] = 1
            return body.input(type, name: "\(builder.layer)/input\(index)")
        }
        let carried = initial.enumerated().map { index, state in
            body.input(builder.type(of: state), name: "\(builder.layer)/state\(index)")
        }
        var cell = CellWriter(cell, inputs[0], in: body)
        let step = projectsInside ? try cell.project() + inputs.dropFirst() : inputs
        let (output, new) = try advance(&cell, step, carried)
        for (index, state) in new.enumerated() { body.output(state, name: "state\(index)") }
        var arguments = sequences + initial
        if readsSequence || mask != nil {
            body.output(output, name: "output")
            arguments.append(
                try builder.zeros(stateShapes[outputState], like: sequences[0], steps: nil))
        }
        let loop = Loop(body: body.graph, sequenceCount: sequences.count)
        var states = try builder.addMulti(.loop(loop), arguments)
        guard loop.collects else {
            let last = states[outputState]
            return try results(sequence: last, last: last, states)
        }
        let sequence = states.removeLast()
        return try results(sequence: sequence, last: builder.lastStep(sequence), states)
    }

    /// The outputs of the recurrence without the axis of time if they have none.
    private func results(
        sequence: ValueID, last: ValueID, _ states: [ValueID]
    ) throws -> [ValueID] {
        let final = try states.prefix(stateShapes.count).map {
            try builder.squeezeDimension($0, at: 1)
        }
        return try [sequence, builder.squeezeDimension(last, at: 1)] + final
    }

    private var outputState: Int { cell.outputState }

    /// The extents of each state without batch and time.
    private var stateShapes: [[Int]] {
        cell.stateTypes.map { Array($0.shape.dims.dropFirst(2)) }
    }

    /// Whether the output of the step before is kept beside the states, from which it differs at the start only.
    private var carriesOutput: Bool {
        mask != nil && !recurrence.zeroesMaskedOutputs && !initialStates.isEmpty
    }

    /// The extents of what goes from step to step: the states and, if need be, the output.
    private var carriedShapes: [[Int]] {
        stateShapes + (carriesOutput ? [stateShapes[outputState]] : [])
    }

    /// The initial value of something that goes from step to step; nil for zeros.
    private func initialState(_ index: Int) throws -> ValueID? {
        guard initialStates.indices.contains(index) else { return nil }
        return try builder.expandDimension(initialStates[index], at: 1)
    }

    /// The mask with as many axes as the states of a step, if there is one.
    ///
    /// It has floats if the target cannot take steps out of truth values.
    private func alignedMask() throws -> [ValueID] {
        guard let mask else { return [] }
        let isKept = try builder.cast(mask, to: target.takes(.bool, .gather) ? .bool : .float32)
        let ones = [Int](repeating: 1, count: stateShapes[outputState].count)
        return [try builder.reshape(isKept, builder.shape(of: isKept).dims + ones)]
    }

    /// The output of one step and what goes to the next.
    private func advance(
        _ cell: inout CellWriter, _ inputs: [ValueID], _ carried: [ValueID]
    ) throws -> (output: ValueID, carried: [ValueID]) {
        let states = Array(carried.prefix(stateShapes.count))
        guard mask != nil, let stepMask = inputs.last else {
            let new = try cell.step(inputs, states)
            return (new[outputState], new)
        }
        let new = try cell.step(Array(inputs.dropLast()), states)
        let writer = cell.builder
        let isKept = try writer.truth(stepMask)
        let kept = try zip(new, states).map {
            try writer.add(.select(Select()), [isKept, $0, $1])
        }
        guard carriesOutput || recurrence.zeroesMaskedOutputs else {
            return (kept[outputState], kept)
        }
        let shape = Shape([1, 1] + stateShapes[outputState])
        let other =
            carriesOutput
            ? carried[carried.count - 1]
            : writer.constant(.filled(0, shape), role: "zero_state")
        let output = try writer.add(.select(Select()), [isKept, new[outputState], other])
        return (output, carriesOutput ? kept + [output] : kept)
    }
}

extension Target {
    /// Whether the target runs a whole sequence in this operation.
    fileprivate func runsSequence(_ op: Op) -> Bool {
        if case .lstm(let lstm) = op {
            return runs(lstm.activation, .unidirectionalSequenceLSTM)
        }
        if case .simpleRNN(let rnn) = op {
            return runs(rnn.activation, .unidirectionalSequenceRNN)
        }
        return false
    }

    private func runs(_ activation: CellActivation, _ builtin: BuiltinOperator) -> Bool {
        self[builtin]?.cellActivations?.contains(activation) ?? false
    }
}

extension GraphWriter {
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
