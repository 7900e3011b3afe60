import Tensors

/// Shapes of a recurrent layer over a sequence.
package struct RecurrenceParameters: Sendable {
    package var batch: Int
    package var steps: Int
    package var inputs: Int
    /// The length of the rows of a second input; 0 without one.
    package var auxiliaryInputs = 0
    /// The number of cells.
    package var units: Int
    /// The length of the hidden state: that of a projection, else the number of cells.
    package var outputs: Int
    /// Whether rows lie in the order `[steps, batch]` instead of `[batch, steps]`.
    package var isTimeMajor: Bool
    /// Whether the sequence is read from its end.
    package var isBackward = false
    /// Elements between rows of the result.
    package var outputStride: Int
    /// The function of the cell; nil for the identity.
    package var activation: UnaryFunction?

    /// Shapes without a second input and without a projection.
    package init(
        batch: Int, steps: Int, inputs: Int, units: Int, isTimeMajor: Bool = false,
        activation: UnaryFunction?
    ) {
        self.batch = batch
        self.steps = steps
        self.inputs = inputs
        self.units = units
        self.outputs = units
        self.isTimeMajor = isTimeMajor
        self.outputStride = units
        self.activation = activation
    }

    /// The row of a record at the n-th step that is read, in input and output.
    func row(_ record: Int, _ number: Int) -> Int {
        isTimeMajor ? step(number) * batch + record : record * steps + step(number)
    }

    /// The n-th step that is read.
    func step(_ number: Int) -> Int { isBackward ? steps - 1 - number : number }
}

/// The weights of one gate.
package struct GateWeights {
    /// `[units, inputs]`.
    package var kernel: UnsafePointer<Float>
    /// `[units, auxiliaryInputs]`.
    package var auxiliaryKernel: UnsafePointer<Float>?
    /// `[units, outputs]`, or `[units]` for a diagonal.
    package var recurrent: UnsafePointer<Float>
    /// What the gate sees of the cell state, `[units]`.
    package var peephole: UnsafePointer<Float>?
    /// The factors after layer normalization, `[units]`; nil without one.
    package var normalization: UnsafePointer<Float>?
    /// `[units]`.
    package var bias: UnsafePointer<Float>?
    /// The packed forms of `kernel`; nil if they are not to be kept.
    package var packedKernel: PackedMatrices?
    /// The packed forms of `recurrent`; nil if they are not to be kept.
    package var packedRecurrent: PackedMatrices?

    package init(
        kernel: UnsafePointer<Float>, recurrent: UnsafePointer<Float>, bias: UnsafePointer<Float>?
    ) {
        self.kernel = kernel
        self.recurrent = recurrent
        self.bias = bias
    }
}
