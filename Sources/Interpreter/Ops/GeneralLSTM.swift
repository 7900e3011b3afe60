import Kernels
import TFLiteFormat
import Tensors

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

        func weights(_ frame: Frame) -> GateWeights {
            var weights = GateWeights(
                kernel: frame.floats(kernel), recurrent: frame.floats(recurrent),
                bias: frame.floats(bias))
            weights.packedKernel = kernel.known?.packed
            weights.packedRecurrent = recurrent.known?.packed
            weights.auxiliaryKernel = frame.floats(auxiliaryKernel)
            weights.peephole = frame.floats(peephole)
            weights.normalization = frame.floats(normalization)
            return weights
        }
    }

    fileprivate let gates: [Gate?]
    fileprivate let projection: Operand?
    fileprivate let projectionBias: Operand?
    fileprivate let hidden: Operand
    fileprivate let cell: Operand
    var parameters: LSTMParameters

    /// Runs the sequence; rows of the result start `offset` elements into those of `y`.
    func run(_ frame: Frame, x: Operand, auxiliary: Operand?, y: Operand, offset: Int = 0) {
        let weights = gates.map { $0?.weights(frame) }
        guard let forget = weights[1], let candidate = weights[2], let output = weights[3] else {
            return
        }
        FastKernels.lstm(
            parameters,
            weights: LSTMWeights(
                input: weights[0], forget: forget, candidate: candidate, output: output,
                projection: frame.floats(projection), projectionBias: frame.floats(projectionBias)),
            input: frame.floats(x), auxiliary: frame.floats(auxiliary),
            hidden: frame.floatOutput(hidden), cell: frame.floatOutput(cell),
            output: frame.floatOutput(y) + offset, threads: frame.threads)
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
            throw malformed("a sequence of shape \(x.shape)")
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
        return GeneralLSTM(
            gates: try (0..<4).map { try gate($0, positions, parameters, auxiliary) },
            projection: projection, projectionBias: projectionBias,
            hidden: try stateVariable(positions.hidden, sequence.batch * sequence.outputs),
            cell: try stateVariable(positions.cell, sequence.batch * units),
            parameters: parameters)
    }

    /// The gate with a number; nil for an input gate that is coupled to the forget gate.
    private func gate(
        _ number: Int, _ positions: LSTMInputs, _ parameters: LSTMParameters, _ auxiliary: Operand?
    ) throws -> GeneralLSTM.Gate? {
        if number == 0, optionalInput(positions.kernels) == nil { return nil }
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
            throw malformed("diagonals of \(cells) cells for \(outputs) outputs")
        }
        return gate
    }

    /// Throws where an operand is there and has another shape.
    func require(_ operand: Operand?, _ shape: Shape) throws {
        guard let operand, operand.shape != shape else { return }
        throw malformed("weights of shape \(operand.shape) instead of \(shape)")
    }

    /// A state that the run changes.
    func stateVariable(_ index: Int, _ count: Int) throws -> Operand {
        let state = try floatInput(index)
        guard state.known == nil, state.count == count else {
            throw malformed("a state of shape \(state.shape)")
        }
        return state
    }

    /// The function of a cell; nil for the identity.
    func cellFunction(_ activation: TFLiteActivation) throws -> UnaryFunction? {
        switch activation {
        case .none: nil
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .tanh: .tanh
        default: throw unsupported("activation \(activation.schemaName)")
        }
    }
}
