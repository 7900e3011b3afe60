/// Shapes of a recurrent layer over a sequence.
package struct RecurrenceParameters: Sendable {
    package var batch: Int
    package var steps: Int
    package var inputs: Int
    package var units: Int
    /// Whether rows lie in the order `[steps, batch]` instead of `[batch, steps]`.
    package var isTimeMajor: Bool
    /// The function of the cell; nil for the identity.
    package var activation: UnaryFunction?

    package init(
        batch: Int, steps: Int, inputs: Int, units: Int, isTimeMajor: Bool = false,
        activation: UnaryFunction?
    ) {
        self.batch = batch
        self.steps = steps
        self.inputs = inputs
        self.units = units
        self.isTimeMajor = isTimeMajor
        self.activation = activation
    }

    /// The row of a record at a step in input and output.
    func row(_ record: Int, _ step: Int) -> Int {
        isTimeMajor ? step * batch + record : record * steps + step
    }
}

/// The weights of one gate: kernel `[units, inputs]`, recurrent kernel `[units, units]`, bias `[units]`.
package struct GateWeights {
    package var kernel: UnsafePointer<Float>
    package var recurrent: UnsafePointer<Float>
    package var bias: UnsafePointer<Float>?

    package init(
        kernel: UnsafePointer<Float>, recurrent: UnsafePointer<Float>, bias: UnsafePointer<Float>?
    ) {
        self.kernel = kernel
        self.recurrent = recurrent
        self.bias = bias
    }
}
