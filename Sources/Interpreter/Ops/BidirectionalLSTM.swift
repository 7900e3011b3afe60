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
        var options = BidirectionalSequenceLSTMOptions()
        if case .bidirectionalSequenceLSTM(let given) = self.options { options = given }
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
        let (first, last) = (
            forward.parameters.sequence.outputs, backward.parameters.sequence.outputs
        )
        let leading = Array(x.shape.dims.dropLast())
        let (forwardRun, backwardRun): (Operand, Operand)
        if options.mergesOutputs {
            let y = try output(0, .float32, Shape(leading + [first + last]))
            forward.parameters.sequence.outputStride = first + last
            backward.parameters.sequence.outputStride = first + last
            (forwardRun, backwardRun) = (y, y)
        } else {
            forwardRun = try output(0, .float32, Shape(leading + [first]))
            backwardRun = try output(1, .float32, Shape(leading + [last]))
        }
        let offset = options.mergesOutputs ? first : 0
        return { [forward, backward] frame in
            forward.run(frame, x: x, auxiliary: auxiliary, y: forwardRun)
            backward.run(
                frame, x: backwardInput, auxiliary: auxiliary, y: backwardRun, offset: offset)
        }
    }

    /// Throws where a second sequence has other records or steps.
    func requireEqualSteps(_ x: Operand, _ second: Operand?) throws {
        guard let second else { return }
        guard second.shape.rank == 3, second.shape.dims.prefix(2) == x.shape.dims.prefix(2) else {
            throw malformed("sequences \(x.shape) and \(second.shape)")
        }
    }
}
