import GraphIR
import KerasWeights
import Problems
import Tensors

/// A layer that runs a cell through a sequence.
///
/// Inputs: x `[batch, steps, …]` and optionally the initial states, which may also be given by name. Outputs: that of
/// every step or the last one, then the last states if the layer returns them.
protocol RecurrentLayer: KerasLayer {
    var cell: any RecurrentCell { get }
    var settings: SequenceSettings { get set }
}

extension RecurrentLayer {
    func weightSpecs(for inputs: [TensorType]) throws -> [WeightSpec] {
        try cell.weightSpecs(for: stepType(inputs.first))
    }

    func outputMask(_ call: CallContext, in builder: GraphBuilder) throws -> ValueID? {
        settings.returnsSequences ? call.sequenceMask : nil
    }

    func build(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        try buildSequence(call, in: builder)
    }

    /// What `build` does unless a layer adds something of its own.
    func buildSequence(_ call: CallContext, in builder: GraphBuilder) throws -> [ValueID] {
        guard let x = call.inputs.first else {
            throw Problem(.invalidShape("the layer takes an input"))
        }
        let step = try stepType(builder.type(of: x))
        let shapes = try cell.stateShapes(for: step)
        let kept = try settings.isStateful ? keptStates(shapes, step, call, in: builder) : []
        let given = try initialStates(call, step)
        let states = given.isEmpty ? kept.map(\.value) : given
        let mask = try call.seesMasks ? call.sequenceMask.map { try ordered($0, in: builder) } : nil
        let sequence = try ordered(x, in: builder)
        let recurrence = Recurrence(
            try cell.recurrenceCell(
                over: builder.type(of: sequence), stateShapes: shapes,
                hasInitialStates: !states.isEmpty, call.weights.constants, layer: builder.layer),
            hasMask: mask != nil, zeroesMaskedOutputs: settings.zeroesMaskedOutputs)
        let results = try builder.addMulti(
            recurrence.op, [sequence] + (mask.map { [$0] } ?? []) + states)
        for (state, value) in zip(kept, results.dropFirst(2)) {
            builder.keep(value, as: state.name)
        }
        var output = results[1]
        if settings.returnsSequences {
            output = settings.isTimeMajor ? try builder.swapTime(results[0]) : results[0]
        }
        return [output] + (settings.returnsStates ? Array(results.dropFirst(2)) : [])
    }

    /// The type of one step of the input.
    private func stepType(_ input: TensorType?) throws -> TensorType {
        guard var type = input, type.shape.rank >= 3 else {
            throw Problem(
                .invalidShape(
                    "the input has shape \(input?.shape ?? .scalar), expected at least rank 3"))
        }
        var dims = type.shape.dims
        dims.remove(at: settings.isTimeMajor ? 0 : 1)
        type.shape = Shape(dims)
        return type
    }

    /// A sequence or its mask with time as the second axis, in the order of processing.
    private func ordered(_ x: ValueID, in builder: GraphBuilder) throws -> ValueID {
        let x = settings.isTimeMajor ? try builder.swapTime(x) : x
        return settings.goesBackwards ? try builder.reverseTime(x) : x
    }

    /// The state that a stateful layer keeps from run to run, with its present value.
    private func keptStates(
        _ shapes: [[Int]], _ step: TensorType, _ call: CallContext, in builder: GraphBuilder
    ) throws -> [(name: String, value: ValueID)] {
        let path = call.part.isEmpty ? builder.layer : "\(builder.layer)/\(call.part)"
        return try shapes.enumerated().map { index, shape in
            let name = "\(path)/state\(index)"
            let type = TensorType(.float32, Shape([step.shape[0]] + shape))
            return (name, try builder.state(name, type))
        }
    }

    private func initialStates(_ call: CallContext, _ step: TensorType) throws -> [ValueID] {
        let named = call.keywords["initial_state"]?.tensors ?? []
        let states = named.isEmpty ? Array(call.inputs.dropFirst()) : named
        let count = try cell.stateShapes(for: step).count
        guard states.isEmpty || states.count == count else {
            throw Problem(
                .unsupported(
                    what: "\(count) states cannot start from \(states.count) tensors",
                    remedy: "Give all states and no constants."))
        }
        return states
    }
}

extension CallContext {
    /// The mask of the sequence: that which came with the input or was given by name.
    var sequenceMask: ValueID? {
        (masks.first ?? nil) ?? keywords["mask"]?.tensors.first
    }
}
