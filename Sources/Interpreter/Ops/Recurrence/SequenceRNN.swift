import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// UNIDIRECTIONAL_SEQUENCE_RNN: x, kernel, recurrent kernel, bias and a state variable that the run changes.
    func sequenceRNN() throws -> PreparedOperator {
        let options = optionalOptions(SequenceRNNOptions.self) ?? SequenceRNNOptions()
        let x = try floatInput(0)
        try require(x, rank: 3)
        let cell = try recurrentCell(
            x, 1, options.activation, auxiliary: nil, isTimeMajor: options.isTimeMajor)
        let y = try output(0, .float32, Shape(x.shape.dims.dropLast() + [cell.parameters.units]))
        return PreparedOperator(y) { context in cell.run(context, x: x, auxiliary: nil, y: y) }
    }
}
