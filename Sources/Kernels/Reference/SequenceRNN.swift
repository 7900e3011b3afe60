/// Shapes of a fully connected recurrence in its general form.
package struct SequenceRNNParameters: Sendable {
    package var batch: Int
    package var steps: Int
    package var inputs: Int
    /// The length of the rows of a second input; 0 without one.
    package var auxiliaryInputs: Int
    package var units: Int
    /// Whether rows lie in the order `[steps, batch]` instead of `[batch, steps]`.
    package var isTimeMajor: Bool
    /// Whether the sequence is read from its end.
    package var isBackward = false
    /// Elements between rows of the result.
    package var outputStride: Int
    /// The function of the cell; nil for the identity.
    package var activation: UnaryFunction?

    package init(
        batch: Int, steps: Int, inputs: Int, auxiliaryInputs: Int, units: Int, isTimeMajor: Bool,
        activation: UnaryFunction?
    ) {
        self.batch = batch
        self.steps = steps
        self.inputs = inputs
        self.auxiliaryInputs = auxiliaryInputs
        self.units = units
        self.isTimeMajor = isTimeMajor
        self.outputStride = units
        self.activation = activation
    }
}

extension ReferenceKernels {
    /// `h ← f(W·x + A·a + R·h + b)` over a sequence; `hidden` as for `lstm`.
    package static func sequenceRNN(
        _ parameters: SequenceRNNParameters, weights: GateWeights,
        auxiliaryKernel: UnsafePointer<Float>?, input: UnsafePointer<Float>,
        auxiliary: UnsafePointer<Float>?, hidden: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        let (units, inputs, others) = (
            parameters.units, parameters.inputs, parameters.auxiliaryInputs
        )
        for record in 0..<parameters.batch {
            var h = (0..<units).map { Double(hidden[record * units + $0]) }
            for number in 0..<parameters.steps {
                let step = parameters.isBackward ? parameters.steps - 1 - number : number
                let row =
                    parameters.isTimeMajor
                    ? step * parameters.batch + record : record * parameters.steps + step
                h = (0..<units).map { unit in
                    var sum = weights.bias.map { Double($0[unit]) } ?? 0
                    sum += dot(input + row * inputs, weights.kernel + unit * inputs, inputs)
                    if let auxiliary, let auxiliaryKernel {
                        sum += dot(
                            auxiliary + row * others, auxiliaryKernel + unit * others, others)
                    }
                    for index in 0..<units {
                        sum += h[index] * Double(weights.recurrent[unit * units + index])
                    }
                    return parameters.activation?.value(at: sum) ?? sum
                }
                let target = output + row * parameters.outputStride
                for unit in 0..<units { target[unit] = Float(h[unit]) }
            }
            for unit in 0..<units { hidden[record * units + unit] = Float(h[unit]) }
        }
    }
}
