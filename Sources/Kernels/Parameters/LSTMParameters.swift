/// Shapes and limits of a long short-term memory in its general form.
package struct LSTMParameters: Sendable {
    package var batch: Int
    package var steps: Int
    package var inputs: Int
    /// The length of the rows of a second input; 0 without one.
    package var auxiliaryInputs: Int
    /// The length of the cell state.
    package var cells: Int
    /// The length of the hidden state: that of the projection, else that of the cell state.
    package var outputs: Int
    /// Whether rows lie in the order `[steps, batch]` instead of `[batch, steps]`.
    package var isTimeMajor: Bool
    /// Whether the sequence is read from its end.
    package var isBackward = false
    /// Elements between rows of the result.
    package var outputStride: Int
    /// The bound of the cell state; 0 for none.
    package var cellClip: Float
    /// The bound of the projection; 0 for none.
    package var projectionClip: Float
    /// Whether recurrent kernels are diagonals.
    package var hasDiagonalRecurrence = false
    /// The function of the cell; nil for the identity.
    package var activation: UnaryFunction?

    package init(
        batch: Int, steps: Int, inputs: Int, auxiliaryInputs: Int, cells: Int, outputs: Int,
        isTimeMajor: Bool, cellClip: Float, projectionClip: Float, activation: UnaryFunction?
    ) {
        self.batch = batch
        self.steps = steps
        self.inputs = inputs
        self.auxiliaryInputs = auxiliaryInputs
        self.cells = cells
        self.outputs = outputs
        self.isTimeMajor = isTimeMajor
        self.outputStride = outputs
        self.cellClip = cellClip
        self.projectionClip = projectionClip
        self.activation = activation
    }

    /// The row of a record at the n-th step that is read, in input and output.
    func row(_ record: Int, _ number: Int) -> Int {
        let step = isBackward ? steps - 1 - number : number
        return isTimeMajor ? step * batch + record : record * steps + step
    }
}

/// The weights of one gate of an LSTM in its general form.
package struct LSTMGate {
    /// `[cells, inputs]`.
    package var kernel: UnsafePointer<Float>
    /// `[cells, auxiliaryInputs]`.
    package var auxiliaryKernel: UnsafePointer<Float>?
    /// `[cells, outputs]`, or `[cells]` for a diagonal.
    package var recurrent: UnsafePointer<Float>
    /// What the gate sees of the cell state, `[cells]`.
    package var peephole: UnsafePointer<Float>?
    /// The factors after layer normalization, `[cells]`; nil without one.
    package var normalization: UnsafePointer<Float>?
    /// `[cells]`.
    package var bias: UnsafePointer<Float>?

    package init(
        kernel: UnsafePointer<Float>, auxiliaryKernel: UnsafePointer<Float>?,
        recurrent: UnsafePointer<Float>, peephole: UnsafePointer<Float>?,
        normalization: UnsafePointer<Float>?, bias: UnsafePointer<Float>?
    ) {
        self.kernel = kernel
        self.auxiliaryKernel = auxiliaryKernel
        self.recurrent = recurrent
        self.peephole = peephole
        self.normalization = normalization
        self.bias = bias
    }
}

/// The weights of an LSTM in its general form.
package struct LSTMWeights {
    /// The input gate; nil where it is one minus the forget gate.
    package var input: LSTMGate?
    package var forget: LSTMGate
    package var candidate: LSTMGate
    package var output: LSTMGate
    /// `[outputs, cells]`; nil where the hidden state is what the cells give.
    package var projection: UnsafePointer<Float>?
    /// `[outputs]`.
    package var projectionBias: UnsafePointer<Float>?

    package init(
        input: LSTMGate?, forget: LSTMGate, candidate: LSTMGate, output: LSTMGate,
        projection: UnsafePointer<Float>?, projectionBias: UnsafePointer<Float>?
    ) {
        self.input = input
        self.forget = forget
        self.candidate = candidate
        self.output = output
        self.projection = projection
        self.projectionBias = projectionBias
    }
}
