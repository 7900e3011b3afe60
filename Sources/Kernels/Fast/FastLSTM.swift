extension FastKernels {
    /// A long short-term memory over a sequence; arguments and formulas are those of `ReferenceKernels.lstm`.
    ///
    /// - Parameter finishStep: is called after each step, when the states are those after it.
    package static func lstm(
        _ parameters: LSTMParameters, weights: LSTMWeights, input: UnsafePointer<Float>,
        auxiliary: UnsafePointer<Float>? = nil, hidden: UnsafeMutablePointer<Float>,
        cell: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>, threads: Int = 1,
        finishStep: () -> Void = {}
    ) {
        let sequence = parameters.sequence
        let gates = [weights.forget, weights.candidate, weights.output, weights.input]
        let products = GateProducts(
            gates.compactMap { $0 }, sequence, isDiagonal: parameters.hasDiagonalRecurrence,
            input: input,
            auxiliary: auxiliary)
        let step = LSTMStep(
            parameters: parameters, weights: weights, products: products, threads: threads)
        for number in 0..<sequence.steps {
            products.compute(step: number, hidden: hidden, threads: threads)
            step.advance(hidden: hidden, cell: cell)
            store(hidden, sequence, step: number, output: output)
            finishStep()
        }
    }
}

/// What follows the products of a step.
private struct LSTMStep {
    let parameters: LSTMParameters
    let weights: LSTMWeights
    /// The gates f, c̃, o and, unless it is coupled to f, i.
    let products: GateProducts
    let threads: Int

    private var count: Int { parameters.sequence.batch * parameters.sequence.units }

    func advance(hidden: UnsafeMutablePointer<Float>, cell: UnsafeMutablePointer<Float>) {
        let (forget, candidate, open) = (products[0], products[1], products[2])
        products.finish(0, cell: cell)
        products.finish(1, cell: cell)
        sigmoid(forget)
        activate(candidate, into: candidate)
        if weights.input != nil {
            products.finish(3, cell: cell)
            sigmoid(products[3])
            let input = products[3]
            for index in 0..<count {
                cell[index] = forget[index] * cell[index] + input[index] * candidate[index]
            }
        } else {
            for index in 0..<count {
                cell[index] =
                    forget[index] * cell[index] + (1 - forget[index]) * candidate[index]
            }
        }
        clip(cell, count, parameters.cellClip)
        products.finish(2, cell: cell)
        sigmoid(open)
        activate(cell, into: candidate)
        guard let projection = weights.projection else {
            for index in 0..<count { hidden[index] = open[index] * candidate[index] }
            return
        }
        for index in 0..<count { candidate[index] *= open[index] }
        let sequence = parameters.sequence
        FastKernels.fullyConnected(
            FullyConnectedParameters(
                batch: sequence.batch, inputs: sequence.units, outputs: sequence.outputs),
            input: candidate, filter: projection, bias: weights.projectionBias, output: hidden,
            threads: threads)
        clip(hidden, sequence.batch * sequence.outputs, parameters.projectionClip)
    }

    private func sigmoid(_ values: UnsafeMutablePointer<Float>) {
        FastKernels.unary(.sigmoid, count: count, input: values, output: values)
    }

    private func activate(
        _ values: UnsafePointer<Float>, into results: UnsafeMutablePointer<Float>
    ) {
        FastKernels.cellFunction(
            parameters.sequence.activation, count, input: values, output: results)
    }

    private func clip(_ values: UnsafeMutablePointer<Float>, _ count: Int, _ bound: Float) {
        guard bound > 0 else { return }
        for index in 0..<count { values[index] = min(max(values[index], -bound), bound) }
    }
}
