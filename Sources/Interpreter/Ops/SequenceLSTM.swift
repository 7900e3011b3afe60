import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// UNIDIRECTIONAL_SEQUENCE_LSTM: x, four kernels, four recurrent kernels, three peepholes, four biases, two
    /// projections, two state variables that the run changes.
    ///
    /// Peepholes, coupled gates, projections, layer normalization and clipping take the general form.
    mutating func sequenceLSTM() throws -> Kernel {
        var options = UnidirectionalSequenceLSTMOptions()
        if case .unidirectionalSequenceLSTM(let given) = self.options { options = given }
        let parts = [9, 10, 11, 16, 17] + Array(20..<24)
        guard options.cellClip == 0, !options.hasDiagonalRecurrentTensors,
            optionalInput(1) != nil, parts.allSatisfy({ optionalInput($0) == nil })
        else { return try generalSequenceLSTM(options) }
        let gates = try (0..<4).map { gate in
            Gate(
                kernel: try floatInput(1 + gate), recurrent: try floatInput(5 + gate),
                bias: try floatInput(12 + gate))
        }
        let x = try floatInput(0)
        let parameters = try recurrence(
            x, gates, isTimeMajor: options.isTimeMajor, options.activation)
        let (hidden, cell) = (try state(18, parameters), try state(19, parameters))
        let y = try output(0, .float32, Shape(x.shape.dims.dropLast() + [parameters.units]))
        return { frame in
            FastKernels.lstm(
                parameters, input: frame.floats(x), gates: gates.map { $0.weights(frame) },
                hidden: frame.floatOutput(hidden), cell: frame.floatOutput(cell),
                output: frame.floatOutput(y), threads: frame.threads)
        }
    }

    private mutating func generalSequenceLSTM(
        _ options: UnidirectionalSequenceLSTMOptions
    ) throws -> Kernel {
        let x = try floatInput(0)
        try require(x, rank: 3)
        let cell = try generalLSTM(
            x, auxiliary: nil, .single,
            LSTMSettings(
                activation: options.activation, cellClip: options.cellClip,
                projectionClip: options.projectionClip, isTimeMajor: options.isTimeMajor,
                hasDiagonalRecurrence: options.hasDiagonalRecurrentTensors))
        let shape = Shape(x.shape.dims.dropLast() + [cell.parameters.outputs])
        let y = try output(0, .float32, shape)
        return { frame in cell.run(frame, x: x, auxiliary: nil, y: y) }
    }

    /// UNIDIRECTIONAL_SEQUENCE_RNN: x, kernel, recurrent kernel, bias and a state variable that the run changes.
    mutating func sequenceRNN() throws -> Kernel {
        var options = SequenceRNNOptions()
        if case .sequenceRNN(let given) = self.options { options = given }
        let gate = Gate(
            kernel: try floatInput(1), recurrent: try floatInput(2), bias: try floatInput(3))
        let x = try floatInput(0)
        let parameters = try recurrence(
            x, [gate], isTimeMajor: options.isTimeMajor, options.activation)
        let hidden = try state(4, parameters)
        let y = try output(0, .float32, Shape(x.shape.dims.dropLast() + [parameters.units]))
        return { frame in
            FastKernels.simpleRNN(
                parameters, input: frame.floats(x), weights: gate.weights(frame),
                hidden: frame.floatOutput(hidden), output: frame.floatOutput(y),
                threads: frame.threads)
        }
    }

    /// The operands of one gate.
    private struct Gate {
        let kernel: Operand
        let recurrent: Operand
        let bias: Operand

        func weights(_ frame: Frame) -> GateWeights {
            GateWeights(
                kernel: frame.floats(kernel), recurrent: frame.floats(recurrent),
                bias: frame.floats(bias))
        }
    }

    private func recurrence(
        _ x: Operand, _ gates: [Gate], isTimeMajor: Bool, _ activation: ActivationFunction
    ) throws -> RecurrenceParameters {
        try require(x, rank: 3)
        let inputs = x.shape[2]
        let units = gates[0].bias.count
        for gate in gates {
            guard gate.kernel.shape == [units, inputs], gate.recurrent.shape == [units, units],
                gate.bias.count == units
            else {
                throw malformed(
                    "kernels \(gate.kernel.shape), \(gate.recurrent.shape) of \(units) units")
            }
        }
        return RecurrenceParameters(
            batch: x.shape[isTimeMajor ? 1 : 0], steps: x.shape[isTimeMajor ? 0 : 1],
            inputs: inputs, units: units, isTimeMajor: isTimeMajor,
            activation: try cellFunction(activation))
    }

    /// A state variable `[batch, units]`.
    private func state(_ index: Int, _ parameters: RecurrenceParameters) throws -> Operand {
        let state = try floatInput(index)
        guard state.known == nil, state.count == parameters.batch * parameters.units else {
            throw malformed("a state of shape \(state.shape)")
        }
        return state
    }
}
