import GraphIR
import Kernels
import Tensors

extension LSTM {
    func compute(_ run: NodeRun) throws {
        if let cell = StoredCell(run) { return cell.compute(run) }
        let parameters = run.recurrence(activation)
        let memory = LSTMParameters(parameters)
        let (units, inputs) = (parameters.units, parameters.inputs)
        let (kernel, recurrent) = (try run.floats(1), try run.floats(2))
        let bias = try run.floats(3)
        func gate(_ number: Int) -> GateWeights {
            GateWeights(
                kernel: kernel + number * units * inputs,
                recurrent: recurrent + number * units * units, bias: bias + number * units)
        }
        let weights = LSTMWeights(
            input: gate(0), forget: gate(1), candidate: gate(2), output: gate(3))
        let input = try run.floats(0)
        let cell = run.output(1, as: Float.self)
        if let initial = try run.optionalFloats(5) {
            cell.update(from: initial, count: parameters.batch * units)
        } else {
            cell.update(repeating: 0, count: parameters.batch * units)
        }
        try run.withHiddenState(4, parameters) { hidden in
            if run.isFast {
                FastKernels.lstm(
                    memory, weights: weights, input: input, hidden: hidden, cell: cell,
                    output: try run.floatOutput(), threads: run.threads
                ) { run.observeStep?(1, run.outputs[1]) }
            } else {
                ReferenceKernels.lstm(
                    memory, weights: weights, input: input, hidden: hidden, cell: cell,
                    output: try run.floatOutput())
            }
        }
    }
}

extension NodeRun {
    /// The shapes of a recurrent operation.
    func recurrence(_ activation: CellActivation) -> RecurrenceParameters {
        let (x, y) = (shape(0), outputShape())
        return RecurrenceParameters(
            batch: x[0], steps: x[1], inputs: x[2], units: y[2], activation: activation.function)
    }

    /// Calls `body` with a copy of the initial state, or with zeros.
    func withHiddenState(
        _ index: Int, _ parameters: RecurrenceParameters,
        _ body: (UnsafeMutablePointer<Float>) throws -> Void
    ) throws {
        let count = parameters.batch * parameters.units
        let hidden = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
        defer { hidden.deallocate() }
        hidden.initialize(repeating: 0, count: count)
        if let initial = try optionalFloats(index) { hidden.update(from: initial, count: count) }
        try body(hidden)
    }
}

extension CellActivation {
    /// The function as the kernels know it; nil for the identity.
    var function: UnaryFunction? {
        switch self {
        case .none: nil
        case .relu: .relu
        case .relu6: .relu6
        case .reluN1To1: .reluN1To1
        case .tanh: .tanh
        }
    }
}
