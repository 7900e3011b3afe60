import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// BIDIRECTIONAL_SEQUENCE_LSTM: a forward and a backward LSTM, whose results lie at the times of their inputs.
    ///
    /// A second sequence without weights of its own is what the backward one reads; with weights, both add it to their
    /// gates. The results are two, or one with the rows of both behind each other. LiteRT spoils the latter from the second
    /// record of a batch on, where it overwrites rows; here they are right.
    mutating func bidirectionalSequenceLSTM() throws -> Kernel {
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
        return { [forward, backward] frame in
            forward.run(frame, x: x, auxiliary: auxiliary, y: results.forward.y)
            backward.run(
                frame, x: backwardInput, auxiliary: auxiliary, y: results.backward.y,
                offset: results.backward.offset)
        }
    }

    /// Declares the results of the two directions of a recurrence over x: two, or one with the rows of both.
    mutating func directions(
        of x: Operand, _ forward: Int, _ backward: Int, isMerged: Bool
    ) throws -> (forward: DirectionResult, backward: DirectionResult) {
        let leading = Array(x.shape.dims.dropLast())
        let first = try output(
            0, .float32, Shape(leading + [isMerged ? forward + backward : forward]))
        let last = isMerged ? first : try output(1, .float32, Shape(leading + [backward]))
        return (
            DirectionResult(y: first, offset: 0, stride: first.shape[-1]),
            DirectionResult(y: last, offset: isMerged ? forward : 0, stride: last.shape[-1])
        )
    }

    /// Throws where a second sequence has other records or steps.
    func requireEqualSteps(_ x: Operand, _ second: Operand?) throws {
        guard let second else { return }
        guard second.shape.rank == 3, second.shape.dims.prefix(2) == x.shape.dims.prefix(2) else {
            throw malformed("sequences \(x.shape) and \(second.shape)")
        }
    }
}

/// Where one direction of a recurrence writes its rows.
struct DirectionResult: Sendable {
    let y: Operand
    /// The floats in front of the first row.
    let offset: Int
    /// The floats from one row to the next.
    let stride: Int
}
