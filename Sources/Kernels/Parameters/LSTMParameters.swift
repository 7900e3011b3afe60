/// Shapes and limits of a long short-term memory.
package struct LSTMParameters: Sendable {
    package var sequence: RecurrenceParameters
    /// The bound of the cell state; 0 for none.
    package var cellClip: Float = 0
    /// The bound of the projection; 0 for none.
    package var projectionClip: Float = 0
    /// Whether recurrent kernels are diagonals.
    package var hasDiagonalRecurrence = false

    /// A memory without limits.
    package init(_ sequence: RecurrenceParameters) {
        self.sequence = sequence
    }
}

/// The weights of a long short-term memory.
package struct LSTMWeights {
    /// The input gate; nil if it is one minus the forget gate.
    package var input: GateWeights?
    package var forget: GateWeights
    package var candidate: GateWeights
    package var output: GateWeights
    /// `[outputs, units]`; nil if the hidden state is what the cells give.
    package var projection: UnsafePointer<Float>?
    /// `[outputs]`.
    package var projectionBias: UnsafePointer<Float>?

    package init(
        input: GateWeights?, forget: GateWeights, candidate: GateWeights, output: GateWeights,
        projection: UnsafePointer<Float>? = nil, projectionBias: UnsafePointer<Float>? = nil
    ) {
        self.input = input
        self.forget = forget
        self.candidate = candidate
        self.output = output
        self.projection = projection
        self.projectionBias = projectionBias
    }
}
