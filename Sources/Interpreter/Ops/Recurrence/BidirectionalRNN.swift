import TFLiteFormat

extension OperatorPreparation {
    /// BIDIRECTIONAL_SEQUENCE_RNN: a forward and a backward recurrence; both add a second sequence that has weights.
    func bidirectionalSequenceRNN() throws -> PreparedOperator {
        let options =
            optionalOptions(BidirectionalSequenceRNNOptions.self)
            ?? BidirectionalSequenceRNNOptions()
        let x = try floatInput(0)
        try require(x, rank: 3)
        let auxiliary = try optionalFloatInput(9)
        try requireEqualSteps(x, auxiliary)
        guard auxiliary == nil || optionalInput(10) != nil else {
            throw unsupported("its second sequence has no weights")
        }
        func cell(_ x: Operand, _ position: Int, _ kernel: Int) throws -> PlainCell {
            try recurrentCell(
                x, position, options.activation,
                auxiliary: auxiliary.map { ($0, kernel) }, isTimeMajor: options.isTimeMajor)
        }
        var (forward, backward) = (try cell(x, 1, 10), try cell(x, 5, 11))
        backward.parameters.isBackward = true
        let results = try directions(
            of: x, forward.parameters.units, backward.parameters.units,
            isMerged: options.mergesOutputs)
        forward.parameters.outputStride = results.forward.stride
        backward.parameters.outputStride = results.backward.stride
        return PreparedOperator(results.outputs) { [forward, backward] context in
            forward.run(context, x: x, auxiliary: auxiliary, y: results.forward.y)
            backward.run(
                context, x: x, auxiliary: auxiliary, y: results.backward.y,
                offset: results.backward.offset)
        }
    }
}
