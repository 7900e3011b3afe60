import GraphIR
import TFLiteFormat

extension SimpleRNN {
    /// UNIDIRECTIONAL_SEQUENCE_RNN, whose state is a variable that an operator before it sets at each run.
    func lower(_ node: NodeLowering) throws {
        let units = node.outputType.shape[2]
        let states = try node.recurrentStates(["hidden"], units: units, first: 4)
        try node.emit(
            .unidirectionalSequenceRNN, (0..<4).map { try node.input($0) } + states,
            SequenceRNNOptions(isTimeMajor: false, activation: .init(activation)))
    }
}
