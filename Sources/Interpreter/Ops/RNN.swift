import Kernels
import TFLiteFormat
import Tensors

/// One direction of a fully connected recurrence.
private struct PlainCell: Sendable {
    let kernel: Operand
    let recurrent: Operand
    let bias: Operand
    let auxiliaryKernel: Operand?
    let hidden: Operand
    var parameters: RecurrenceParameters

    func run(_ frame: Frame, x: Operand, auxiliary: Operand?, y: Operand, offset: Int = 0) {
        var weights = GateWeights(
            kernel: frame.floats(kernel), recurrent: frame.floats(recurrent),
            bias: frame.floats(bias))
        weights.packedKernel = kernel.known?.packed
        weights.packedRecurrent = recurrent.known?.packed
        weights.auxiliaryKernel = frame.floats(auxiliaryKernel)
        FastKernels.simpleRNN(
            parameters, weights: weights, input: frame.floats(x),
            auxiliary: frame.floats(auxiliary), hidden: frame.floatOutput(hidden),
            output: frame.floatOutput(y) + offset, threads: frame.threads)
    }
}

extension OperatorPreparation {
    /// RNN: one step `h ← f(W·x + R·h + b)` of x `[batch, in]`, with a state that the run changes.
    mutating func rnn() throws -> Kernel {
        var activation = TFLiteActivation.none
        if let options = optionalOptions(RNNOptions.self) { activation = options.activation }
        let x = try floatInput(0)
        try require(x, rank: 2)
        let cell = try recurrentCell(x, 1, activation, auxiliary: nil, isTimeMajor: false)
        let y = try output(0, .float32, [x.shape[0], cell.parameters.units])
        return { frame in cell.run(frame, x: x, auxiliary: nil, y: y) }
    }

    /// UNIDIRECTIONAL_SEQUENCE_RNN: x, kernel, recurrent kernel, bias and a state variable that the run changes.
    mutating func sequenceRNN() throws -> Kernel {
        let options = optionalOptions(SequenceRNNOptions.self) ?? SequenceRNNOptions()
        let x = try floatInput(0)
        try require(x, rank: 3)
        let cell = try recurrentCell(
            x, 1, options.activation, auxiliary: nil, isTimeMajor: options.isTimeMajor)
        let y = try output(0, .float32, Shape(x.shape.dims.dropLast() + [cell.parameters.units]))
        return { frame in cell.run(frame, x: x, auxiliary: nil, y: y) }
    }

    /// BIDIRECTIONAL_SEQUENCE_RNN: a forward and a backward recurrence; both add a second sequence that has weights.
    mutating func bidirectionalSequenceRNN() throws -> Kernel {
        let options =
            optionalOptions(BidirectionalSequenceRNNOptions.self)
            ?? BidirectionalSequenceRNNOptions()
        let x = try floatInput(0)
        try require(x, rank: 3)
        let auxiliary = try optionalFloatInput(9)
        try requireEqualSteps(x, auxiliary)
        guard auxiliary == nil || optionalInput(10) != nil else {
            throw unsupported("a second sequence without weights")
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
        return { [forward, backward] frame in
            forward.run(frame, x: x, auxiliary: auxiliary, y: results.forward.y)
            backward.run(
                frame, x: x, auxiliary: auxiliary, y: results.backward.y,
                offset: results.backward.offset)
        }
    }

    /// The cell whose kernel, recurrent kernel, bias and state are the inputs from `position` on.
    private func recurrentCell(
        _ x: Operand, _ position: Int, _ activation: TFLiteActivation,
        auxiliary: (sequence: Operand, kernel: Int)?, isTimeMajor: Bool
    ) throws -> PlainCell {
        let bias = try floatInput(position + 2)
        let (units, isSingle) = (bias.count, x.shape.rank == 2)
        let auxiliaryInputs = auxiliary?.sequence.shape.dims.last ?? 0
        var parameters = RecurrenceParameters(
            batch: x.shape[isTimeMajor && !isSingle ? 1 : 0],
            steps: isSingle ? 1 : x.shape[isTimeMajor ? 0 : 1], inputs: x.shape[-1], units: units,
            isTimeMajor: isTimeMajor, activation: try cellFunction(activation))
        parameters.auxiliaryInputs = auxiliaryInputs
        let cell = PlainCell(
            kernel: try floatInput(position), recurrent: try floatInput(position + 1), bias: bias,
            auxiliaryKernel: try auxiliary.map { try floatInput($0.kernel) },
            hidden: try stateVariable(position + 3, parameters.batch * units),
            parameters: parameters)
        try require(cell.kernel, [units, parameters.inputs])
        try require(cell.recurrent, [units, units])
        try require(cell.auxiliaryKernel, [units, auxiliaryInputs])
        return cell
    }
}
