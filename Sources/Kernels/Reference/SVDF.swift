import Tensors

/// Shapes of a filter of low rank over the last steps of a sequence (singular value decomposition filter).
package struct SVDFParameters: Sendable {
    package var batch: Int
    package var inputs: Int
    /// Feature filters, `rank` for each unit.
    package var filters: Int
    package var rank: Int
    /// The steps that are remembered.
    package var memory: Int
    /// The function of the result; nil for the identity.
    package var activation: UnaryFunction?

    package init(
        batch: Int, inputs: Int, filters: Int, rank: Int, memory: Int, activation: UnaryFunction?
    ) {
        self.batch = batch
        self.inputs = inputs
        self.filters = filters
        self.rank = rank
        self.memory = memory
        self.activation = activation
    }

    /// Outputs of each record.
    package var units: Int { filters / rank }
}

extension ReferenceKernels {
    /// One step of a filter of low rank.
    ///
    /// The new value of each feature, `features·x`, enters its memory of the last steps at the end; the sums of these
    /// memories, weighted by `times`, are added up over the `rank` features of each unit. `state` is
    /// `[batch, filters, memory]`, `features` `[filters, inputs]`, `times` `[filters, memory]`, `bias` `[units]`.
    package static func svdf(
        _ parameters: SVDFParameters, input: UnsafePointer<Float>, features: UnsafePointer<Float>,
        times: UnsafePointer<Float>, bias: UnsafePointer<Float>?,
        state: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        let (memory, units) = (parameters.memory, parameters.units)
        for record in 0..<parameters.batch {
            for unit in 0..<units {
                var sum = bias.map { Double($0[unit]) } ?? 0
                for filter in unit * parameters.rank..<(unit + 1) * parameters.rank {
                    let past = state + (record * parameters.filters + filter) * memory
                    for step in 1..<Swift.max(memory, 1) { past[step - 1] = past[step] }
                    past[memory - 1] = Float(
                        dot(
                            input + record * parameters.inputs,
                            features + filter * parameters.inputs, parameters.inputs))
                    sum += dot(past, times + filter * memory, memory)
                }
                output[record * units + unit] = Float(
                    parameters.activation?.value(at: sum) ?? sum)
            }
        }
    }
}
