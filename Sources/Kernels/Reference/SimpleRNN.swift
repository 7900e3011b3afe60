extension ReferenceKernels {
    /// `h ← f(W·x + A·a + R·h + b)` over a sequence.
    ///
    /// `hidden`, `[batch, units]`, holds the state before the first step and gets that after the last one.
    package static func simpleRNN(
        _ parameters: RecurrenceParameters, weights: GateWeights, input: UnsafePointer<Float>,
        auxiliary: UnsafePointer<Float>? = nil, hidden: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        let (units, inputs, others) = (
            parameters.units, parameters.inputs, parameters.auxiliaryInputs
        )
        for record in 0..<parameters.batch {
            var h = (0..<units).map { Double(hidden[record * units + $0]) }
            for number in 0..<parameters.steps {
                let row = parameters.row(record, number)
                h = (0..<units).map { unit in
                    var sum = weights.bias.map { Double($0[unit]) } ?? 0
                    sum += dot(input + row * inputs, weights.kernel + unit * inputs, inputs)
                    if let auxiliary, let kernel = weights.auxiliaryKernel {
                        sum += dot(auxiliary + row * others, kernel + unit * others, others)
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
