import Tensors

extension FastKernels {
    /// `h ← f(W·x + A·a + R·h + b)` over a sequence.
    ///
    /// `hidden`, `[batch, units]`, holds the state before the first step and gets that after the last one.
    package static func simpleRNN(
        _ parameters: RecurrenceParameters, weights: GateWeights, input: UnsafePointer<Float>,
        auxiliary: UnsafePointer<Float>? = nil, hidden: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let products = GateProducts(
            [weights], parameters, input: input, auxiliary: auxiliary)
        let count = parameters.batch * parameters.units
        for step in 0..<parameters.steps {
            products.compute(step: step, hidden: hidden, threads: threads)
            cellFunction(parameters.activation, count, input: products[0], output: hidden)
            store(hidden, parameters, step: step, output: output)
        }
    }

    /// The function of a cell; nil copies.
    static func cellFunction(
        _ function: UnaryFunction?, _ count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        guard let function else { return output.update(from: input, count: count) }
        unary(function, count: count, input: input, output: output)
    }

    /// Copies the state into the rows of the n-th step.
    static func store(
        _ hidden: UnsafePointer<Float>, _ parameters: RecurrenceParameters, step: Int,
        output: UnsafeMutablePointer<Float>
    ) {
        for record in 0..<parameters.batch {
            let row = output + parameters.row(record, step) * parameters.outputStride
            row.update(from: hidden + record * parameters.outputs, count: parameters.outputs)
        }
    }
}
