extension FastKernels {
    /// A long short-term memory over a sequence, with the gates i, f, c̃, o.
    ///
    /// `hidden` and `cell`, `[batch, units]`, hold the states before the first step and get those after the last one.
    package static func lstm(
        _ parameters: RecurrenceParameters, input: UnsafePointer<Float>, gates: [GateWeights],
        hidden: UnsafeMutablePointer<Float>, cell: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let count = parameters.batch * parameters.units
        let products = gates.map { GateProduct($0, parameters, input: input, threads: threads) }
        let functions: [UnaryFunction?] = [.sigmoid, .sigmoid, parameters.activation, .sigmoid]
        for step in 0..<parameters.steps {
            for (product, function) in zip(products, functions) {
                product.compute(step: step, hidden: hidden, function, threads: threads)
            }
            let (i, f) = (products[0].values, products[1].values)
            let (candidate, o) = (products[2].values, products[3].values)
            for index in 0..<count {
                cell[index] = f[index] * cell[index] + i[index] * candidate[index]
            }
            apply(parameters.activation, count, input: cell, output: candidate)
            for index in 0..<count { hidden[index] = o[index] * candidate[index] }
            store(hidden, parameters, step: step, output: output)
        }
    }

    /// A fully connected recurrence over a sequence; `hidden` as for `lstm`.
    package static func simpleRNN(
        _ parameters: RecurrenceParameters, input: UnsafePointer<Float>, weights: GateWeights,
        hidden: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        let product = GateProduct(weights, parameters, input: input, threads: threads)
        for step in 0..<parameters.steps {
            product.compute(step: step, hidden: hidden, parameters.activation, threads: threads)
            hidden.update(from: product.values, count: parameters.batch * parameters.units)
            store(hidden, parameters, step: step, output: output)
        }
    }

    fileprivate static func apply(
        _ function: UnaryFunction?, _ count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        guard let function else { return output.update(from: input, count: count) }
        unary(function, count: count, input: input, output: output)
    }

    /// Copies the state into the rows of a step.
    private static func store(
        _ hidden: UnsafePointer<Float>, _ parameters: RecurrenceParameters, step: Int,
        output: UnsafeMutablePointer<Float>
    ) {
        let units = parameters.units
        for record in 0..<parameters.batch {
            let row = output + parameters.row(record, step) * units
            row.update(from: hidden + record * units, count: units)
        }
    }
}

/// What one gate sees: the part of the input for all steps at once, and that of the state step by step.
private final class GateProduct {
    /// The gate's value of the present step, `[batch, units]`.
    let values: UnsafeMutablePointer<Float>

    private let parameters: RecurrenceParameters
    private let weights: GateWeights
    /// x·Kᵀ + b for each row of the input.
    private let projection: UnsafeMutablePointer<Float>
    /// The recurrent kernel in the order of the matrix product, for batches that are worth it.
    private let packed: PackedMatrix?

    init(
        _ weights: GateWeights, _ parameters: RecurrenceParameters, input: UnsafePointer<Float>,
        threads: Int
    ) {
        self.weights = weights
        self.parameters = parameters
        let (units, rows) = (parameters.units, parameters.batch * parameters.steps)
        projection = .allocate(capacity: max(rows * units, 1))
        values = .allocate(capacity: max(parameters.batch * units, 1))
        values.initialize(repeating: 0, count: max(parameters.batch * units, 1))
        packed =
            parameters.batch < 4
            ? nil
            : PackedMatrix(
                weights.recurrent, depth: units, columns: units, depthStride: 1,
                columnStride: units)
        FastKernels.fullyConnected(
            FullyConnectedParameters(batch: rows, inputs: parameters.inputs, outputs: units),
            input: input, filter: weights.kernel, bias: weights.bias, output: projection,
            threads: threads)
    }

    deinit {
        projection.deallocate()
        values.deallocate()
    }

    /// Sets `values` to the function of x·Kᵀ + h·Rᵀ + b.
    func compute(
        step: Int, hidden: UnsafePointer<Float>, _ function: UnaryFunction?, threads: Int
    ) {
        let (batch, units) = (parameters.batch, parameters.units)
        let shape = FullyConnectedParameters(batch: batch, inputs: units, outputs: units)
        if let packed {
            FastKernels.fullyConnected(
                shape, input: hidden, filter: packed, bias: nil, output: values, threads: threads)
        } else {
            FastKernels.fullyConnected(
                shape, input: hidden, filter: weights.recurrent, bias: nil, output: values,
                threads: threads)
        }
        for record in 0..<batch {
            let from = projection + parameters.row(record, step) * units
            let to = values + record * units
            for unit in 0..<units { to[unit] += from[unit] }
        }
        FastKernels.apply(function, batch * units, input: values, output: values)
    }
}
