import TFLiteFormat

extension OperatorPreparation {
    /// BIDIRECTIONAL_SEQUENCE_LSTM: a forward and a backward LSTM, whose results lie at the times of their inputs.
    ///
    /// A second sequence without weights of its own is what the backward one reads; with weights, both add it to their
    /// gates. The results are two, or one with the rows of both behind each other. LiteRT returns wrong values for the latter from the second
    /// record of a batch on, where it overwrites rows; here they are right.
    func bidirectionalSequenceLSTM() throws -> PreparedOperator {
        let options =
            optionalOptions(BidirectionalSequenceLSTMOptions.self)
            ?? BidirectionalSequenceLSTMOptions()
        let x = try floatInput(0)
        try require(x, rank: 3)
        let second = try optionalFloatInput(39)
        let isAuxiliary = optionalInput(41) != nil
        let auxiliary = isAuxiliary ? second : nil
        let backwardInput = isAuxiliary ? x : second ?? x
        try requireEqualSteps(x, second)
        let settings = LSTMSettings(
            activation: options.activation, cellClip: options.cellClip,
            projectionClip: options.projectionClip, isTimeMajor: options.isTimeMajor)
        var forward = try generalLSTM(
            x, auxiliary: auxiliary, LSTMInputs(hidden: 35, cell: 36, auxiliaryKernels: 40),
            settings)
        var backward = try generalLSTM(
            backwardInput, auxiliary: auxiliary,
            LSTMInputs(
                kernels: 18, recurrent: 22, peepholes: 26, biases: 29, projections: 33, hidden: 37,
                cell: 38, auxiliaryKernels: 44), settings)
        backward.parameters.sequence.isBackward = true
        let results = try directions(
            of: x, forward.parameters.sequence.outputs, backward.parameters.sequence.outputs,
            isMerged: options.mergesOutputs)
        forward.parameters.sequence.outputStride = results.forward.stride
        backward.parameters.sequence.outputStride = results.backward.stride
        return PreparedOperator(results.outputs) { [forward, backward] context in
            forward.run(context, x: x, auxiliary: auxiliary, y: results.forward.y)
            backward.run(
                context, x: backwardInput, auxiliary: auxiliary, y: results.backward.y,
                offset: results.backward.offset)
        }
    }
}
