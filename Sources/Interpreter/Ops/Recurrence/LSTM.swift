import Kernels
import TFLiteFormat

extension OperatorPreparation {
    /// LSTM: one step of the cell, in the form that the options name.
    func lstm() throws -> PreparedOperator {
        let options = optionalOptions(LSTMOptions.self) ?? LSTMOptions()
        guard options.kernelType == .full else { return try basicLSTM() }
        let x = try floatInput(0)
        try require(x, rank: 2)
        let cell = try generalLSTM(
            x, auxiliary: nil, .single,
            LSTMSettings(
                activation: options.activation, cellClip: options.cellClip,
                projectionClip: options.projectionClip, isTimeMajor: false))
        let y = try output(0, .float32, [x.shape[0], cell.parameters.sequence.outputs])
        return PreparedOperator(y) { context in cell.run(context, x: x, auxiliary: nil, y: y) }
    }

    /// The basic form: x `[batch, in]`, last output `[batch, units]`, weights `[4·units, in + units]` and bias of the gates
    /// i, c̃, f, o, last state.
    ///
    /// Results are the output, the new state, what the weights see, and the gates before their functions.
    private func basicLSTM() throws -> PreparedOperator {
        let (x, last) = (try floatInput(0), try floatInput(1))
        let (weights, bias, state) = (try floatInput(2), try floatInput(3), try floatInput(4))
        try require(x, rank: 2)
        try require(last, rank: 2)
        let (batch, inputs, units) = (x.shape[0], x.shape[1], last.shape[1])
        try require(last, [batch, units])
        try require(weights, [4 * units, inputs + units])
        try require(bias, [4 * units])
        try require(state, [batch, units])
        let y = try output(0, .float32, [batch, units])
        let newState = try output(1, .float32, [batch, units])
        let joined = try output(2, .float32, [batch, inputs + units])
        let gates = try output(3, .float32, [batch, 4 * units])
        let shape = FullyConnectedParameters(
            batch: batch, inputs: inputs + units, outputs: 4 * units)
        return PreparedOperator(y, newState, joined, gates) { context in
            let row = context.floatOutput(joined)
            for record in 0..<batch {
                let target = row + record * (inputs + units)
                target.update(from: context.floats(x) + record * inputs, count: inputs)
                (target + inputs).update(from: context.floats(last) + record * units, count: units)
            }
            ReferenceKernels.fullyConnected(
                shape, input: row, filter: context.floats(weights), bias: context.floats(bias),
                output: context.floatOutput(gates))
            ReferenceKernels.basicLSTM(
                batch: batch, units: units, gates: context.floatOutput(gates),
                state: context.floats(state), newState: context.floatOutput(newState),
                output: context.floatOutput(y))
        }
    }
}
