import Kernels
import TFLiteFormat

/// Where the operands of one direction of an LSTM lie in the operator's inputs.
///
/// Kernels, recurrent kernels, biases, auxiliary kernels and normalizations are four each, for the gates i, f, c̃, o;
/// peepholes three, for i, f, o; projections a kernel and a bias.
struct LSTMInputs {
    var kernels = 1
    var recurrent = 5
    var peepholes = 9
    var biases = 12
    var projections = 16
    var hidden = 18
    var cell = 19
    var normalizations: Int?
    var auxiliaryKernels: Int?

    /// The form with one direction.
    static let single = LSTMInputs(normalizations: 20)
}

/// The settings that the options of the LSTM operators share.
struct LSTMSettings {
    var activation: TFLiteActivation
    var cellClip: Float
    var projectionClip: Float
    var isTimeMajor: Bool
    var hasDiagonalRecurrence = false
}

/// One direction of an LSTM in its general form, ready to run.
struct GeneralLSTM: Sendable {
    /// The operands of a gate.
    fileprivate struct Gate: Sendable {
        let kernel: Operand
        let recurrent: Operand
        let auxiliaryKernel: Operand?
        let peephole: Operand?
        let normalization: Operand?
        let bias: Operand?

        func weights(_ context: RunContext) -> GateWeights {
            var weights = GateWeights(
                kernel: context.floats(kernel), recurrent: context.floats(recurrent),
                bias: context.floats(bias))
            weights.packedKernel = kernel.known?.packed
            weights.packedRecurrent = recurrent.known?.packed
            weights.auxiliaryKernel = context.floats(auxiliaryKernel)
            weights.peephole = context.floats(peephole)
            weights.normalization = context.floats(normalization)
            return weights
        }
    }

    /// Nil if the input gate is coupled to the forget gate.
    fileprivate let inputGate: Gate?
    fileprivate let forgetGate: Gate
    fileprivate let candidate: Gate
    fileprivate let outputGate: Gate
    fileprivate let projection: Operand?
    fileprivate let projectionBias: Operand?
    fileprivate let hidden: Operand
    fileprivate let cell: Operand
    var parameters: LSTMParameters

    /// Runs the sequence; rows of the result start `offset` elements into those of `y`.
    func run(_ context: RunContext, x: Operand, auxiliary: Operand?, y: Operand, offset: Int = 0) {
        FastKernels.lstm(
            parameters,
            weights: LSTMWeights(
                input: inputGate?.weights(context), forget: forgetGate.weights(context),
                candidate: candidate.weights(context), output: outputGate.weights(context),
                projection: context.floats(projection),
                projectionBias: context.floats(projectionBias)),
            input: context.floats(x), auxiliary: context.floats(auxiliary),
            hidden: context.floatOutput(hidden), cell: context.floatOutput(cell),
            output: context.floatOutput(y) + offset, threads: context.threads)
    }
}

extension OperatorPreparation {
    /// One direction of an LSTM with any of peepholes, coupled gates, projection, clipping and normalization.
    ///
    /// - Parameter x: `[batch, steps, inputs]`, or `[batch, inputs]` for one step.
    func generalLSTM(
        _ x: Operand, auxiliary: Operand?, _ positions: LSTMInputs, _ settings: LSTMSettings
    ) throws -> GeneralLSTM {
        let forgetBias = try floatInput(positions.biases + 1)
        let projection = try optionalFloatInput(positions.projections)
        let units = forgetBias.count
        let isSingle = x.shape.rank == 2
        guard isSingle || x.shape.rank == 3, let inputs = x.shape.dims.last else {
            throw malformed("its sequence has shape \(x.shape)")
        }
        var sequence = RecurrenceParameters(
            batch: x.shape[settings.isTimeMajor && !isSingle ? 1 : 0],
            steps: isSingle ? 1 : x.shape[settings.isTimeMajor ? 0 : 1], inputs: inputs,
            units: units, isTimeMajor: settings.isTimeMajor,
            activation: try cellFunction(settings.activation))
        sequence.auxiliaryInputs = auxiliary?.shape.dims.last ?? 0
        sequence.outputs = projection?.shape.dims.first ?? units
        sequence.outputStride = sequence.outputs
        var parameters = LSTMParameters(sequence)
        parameters.cellClip = settings.cellClip
        parameters.projectionClip = settings.projectionClip
        parameters.hasDiagonalRecurrence = settings.hasDiagonalRecurrence
        try require(projection, [sequence.outputs, units])
        let projectionBias = try optionalFloatInput(positions.projections + 1)
        try require(projectionBias, [sequence.outputs])
        func gate(_ number: Int) throws -> GeneralLSTM.Gate {
            try self.gate(number, positions, parameters, auxiliary)
        }
        return GeneralLSTM(
            inputGate: optionalInput(positions.kernels) == nil ? nil : try gate(0),
            forgetGate: try gate(1), candidate: try gate(2), outputGate: try gate(3),
            projection: projection, projectionBias: projectionBias,
            hidden: try stateVariable(positions.hidden, sequence.batch * sequence.outputs),
            cell: try stateVariable(positions.cell, sequence.batch * units),
            parameters: parameters)
    }

    /// The gate with a number.
    private func gate(
        _ number: Int, _ positions: LSTMInputs, _ parameters: LSTMParameters, _ auxiliary: Operand?
    ) throws -> GeneralLSTM.Gate {
        let peephole = [0, 1, nil, 2][number]
        let auxiliaryKernel = try positions.auxiliaryKernels.flatMap {
            auxiliary == nil ? nil : try optionalFloatInput($0 + number)
        }
        let gate = GeneralLSTM.Gate(
            kernel: try floatInput(positions.kernels + number),
            recurrent: try floatInput(positions.recurrent + number),
            auxiliaryKernel: auxiliaryKernel,
            peephole: try peephole.flatMap { try optionalFloatInput(positions.peepholes + $0) },
            normalization: try positions.normalizations.flatMap {
                try optionalFloatInput($0 + number)
            }, bias: try optionalFloatInput(positions.biases + number))
        let sequence = parameters.sequence
        let (cells, outputs) = (sequence.units, sequence.outputs)
        try require(gate.kernel, [cells, sequence.inputs])
        try require(
            gate.recurrent, parameters.hasDiagonalRecurrence ? [cells] : [cells, outputs])
        try require(gate.auxiliaryKernel, [cells, sequence.auxiliaryInputs])
        for vector in [gate.peephole, gate.normalization, gate.bias] {
            try require(vector, [cells])
        }
        guard !parameters.hasDiagonalRecurrence || cells == outputs else {
            throw malformed("its diagonals have \(cells) cells for \(outputs) outputs")
        }
        return gate
    }
}
