extension ReferenceKernels {
    /// `output[b, o] = Σ input[b, i]·filter[o, i] + bias[o]`, clamped.
    package static func fullyConnected(
        _ parameters: FullyConnectedParameters, input: UnsafePointer<Float>,
        filter: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        output: UnsafeMutablePointer<Float>
    ) {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        for batch in 0..<parameters.batch {
            for out in 0..<outputs {
                let sum = dot(input + batch * inputs, filter + out * inputs, inputs)
                let shift = bias.map { Double($0[out]) } ?? 0
                output[batch * outputs + out] = parameters.activation(sum + shift)
            }
        }
    }
}
