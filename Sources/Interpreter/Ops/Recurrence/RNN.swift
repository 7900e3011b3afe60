import TFLiteFormat

extension OperatorPreparation {
    /// RNN: one step `h ← f(W·x + R·h + b)` of x `[batch, in]`, with a state that the run changes.
    func rnn() throws -> PreparedOperator {
        var activation = TFLiteActivation.none
        if let options = optionalOptions(RNNOptions.self) { activation = options.activation }
        let x = try floatInput(0)
        try require(x, rank: 2)
        let cell = try recurrentCell(x, 1, activation, auxiliary: nil, isTimeMajor: false)
        let y = try output(0, .float32, [x.shape[0], cell.parameters.units])
        return PreparedOperator(y) { context in cell.run(context, x: x, auxiliary: nil, y: y) }
    }
}
