import Kernels
import Tensors
import TFLiteFormat

/// One direction of a fully connected recurrence.
struct PlainCell: Sendable {
    let kernel: Operand
    let recurrent: Operand
    let bias: Operand
    let auxiliaryKernel: Operand?
    let hidden: Operand
    var parameters: RecurrenceParameters

    func run(_ context: RunContext, x: Operand, auxiliary: Operand?, y: Operand, offset: Int = 0) {
        var weights = GateWeights(
            kernel: context.floats(kernel), recurrent: context.floats(recurrent),
            bias: context.floats(bias))
        weights.packedKernel = kernel.known?.packed
        weights.packedRecurrent = recurrent.known?.packed
        weights.auxiliaryKernel = context.floats(auxiliaryKernel)
        FastKernels.simpleRNN(
            parameters, weights: weights, input: context.floats(x),
            auxiliary: context.floats(auxiliary), hidden: context.floatOutput(hidden),
            output: context.floatOutput(y) + offset, threads: context.threads)
    }
}

extension OperatorPreparation {
    /// A state that the run changes.
    func stateVariable(_ index: Int, _ count: Int) throws -> Operand {
        let state = try floatInput(index)
        guard state.known == nil, state.count == count else {
            throw malformed("its state has shape \(state.shape)")
        }
        return state
    }

    /// The function of a cell; nil for the identity.
    func cellFunction(_ activation: TFLiteActivation) throws -> UnaryFunction? {
        switch activation {
        case .none: nil
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .tanh: .tanh
        default: throw unsupported("its activation is \(activation.schemaName)")
        }
    }

    /// The cell whose kernel, recurrent kernel, bias and state are the inputs from `position` on.
    func recurrentCell(
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
