import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// UNIDIRECTIONAL_SEQUENCE_LSTM: x, four kernels, four recurrent kernels, three peepholes, four biases, two
    /// projections, two state variables that the run changes, four normalizations.
    func sequenceLSTM() throws -> PreparedOperator {
        let options =
            optionalOptions(UnidirectionalSequenceLSTMOptions.self)
            ?? UnidirectionalSequenceLSTMOptions()
        let x = try floatInput(0)
        try require(x, rank: 3)
        let cell = try generalLSTM(
            x, auxiliary: nil, .single,
            LSTMSettings(
                activation: options.activation, cellClip: options.cellClip,
                projectionClip: options.projectionClip, isTimeMajor: options.isTimeMajor,
                hasDiagonalRecurrence: options.hasDiagonalRecurrentTensors))
        let shape = Shape(x.shape.dims.dropLast() + [cell.parameters.sequence.outputs])
        let y = try output(0, .float32, shape)
        return PreparedOperator(y) { context in cell.run(context, x: x, auxiliary: nil, y: y) }
    }
}
