import CKernels

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
        let products = GateProducts(gates, parameters, input: input, threads: threads)
        let functions: [UnaryFunction?] = [.sigmoid, .sigmoid, parameters.activation, .sigmoid]
        for step in 0..<parameters.steps {
            products.compute(step: step, hidden: hidden, threads: threads)
            for (values, function) in zip(products.values, functions) {
                apply(function, count, input: values, output: values)
            }
            let (i, f) = (products.values[0], products.values[1])
            let (candidate, o) = (products.values[2], products.values[3])
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
        let count = parameters.batch * parameters.units
        let products = GateProducts([weights], parameters, input: input, threads: threads)
        for step in 0..<parameters.steps {
            products.compute(step: step, hidden: hidden, threads: threads)
            apply(parameters.activation, count, input: products.values[0], output: hidden)
            store(hidden, parameters, step: step, output: output)
        }
    }

    private static func apply(
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

/// What the gates see: the part of the input for all steps at once, and that of the state step by step.
private final class GateProducts {
    /// For each gate its value of the present step, `[batch, units]`.
    let values: [UnsafeMutablePointer<Float>]

    private let parameters: RecurrenceParameters
    private let gates: [GateWeights]
    /// For each gate x·Kᵀ + b of each row of the input.
    private let projections: [UnsafeMutablePointer<Float>]
    /// The recurrent kernels in the order of the matrix product, for batches that are worth it.
    private let packed: [PackedMatrix]

    /// Units that are computed together.
    private static let block = 16

    init(
        _ gates: [GateWeights], _ parameters: RecurrenceParameters, input: UnsafePointer<Float>,
        threads: Int
    ) {
        self.gates = gates
        self.parameters = parameters
        let (units, rows) = (parameters.units, parameters.batch * parameters.steps)
        func floats(_ count: Int) -> UnsafeMutablePointer<Float> {
            let floats = UnsafeMutablePointer<Float>.allocate(capacity: max(count, 1))
            floats.initialize(repeating: 0, count: max(count, 1))
            return floats
        }
        values = gates.map { _ in floats(parameters.batch * units) }
        projections = gates.map { _ in floats(rows * units) }
        packed =
            parameters.batch < 4
            ? []
            : gates.map {
                PackedMatrix(
                    $0.recurrent, depth: units, columns: units, depthStride: 1,
                    columnStride: units)
            }
        for (gate, projection) in zip(gates, projections) {
            FastKernels.fullyConnected(
                FullyConnectedParameters(batch: rows, inputs: parameters.inputs, outputs: units),
                input: input, filter: gate.kernel, bias: gate.bias, output: projection,
                threads: threads)
        }
    }

    deinit {
        for floats in values + projections { floats.deallocate() }
    }

    /// Sets `values` to x·Kᵀ + h·Rᵀ + b.
    func compute(step: Int, hidden: UnsafePointer<Float>, threads: Int) {
        packed.isEmpty
            ? computeInPlace(step, hidden, threads) : computePacked(step, hidden, threads)
    }

    /// Reads the recurrent kernels forwards and backwards in turn, so that what the caches hold at the end of one
    /// step is what the next one begins with.
    private func computeInPlace(_ step: Int, _ hidden: UnsafePointer<Float>, _ threads: Int) {
        let units = parameters.units
        let blocks = (units + Self.block - 1) / Self.block
        Parallel.forEachPart(
            of: gates.count * blocks, threads: threads,
            grain: 65536 / max(units * Self.block, 1) + 1
        ) { part in
            for position in part {
                let index =
                    step % 2 == 0 ? position : part.upperBound - 1 - (position - part.lowerBound)
                let (gate, first) = (index / blocks, index % blocks * Self.block)
                for record in 0..<parameters.batch {
                    kernels_gemv(
                        hidden + record * units, gates[gate].recurrent + first * units, units,
                        min(Self.block, units - first),
                        projections[gate] + parameters.row(record, step) * units + first,
                        -.infinity, .infinity, values[gate] + record * units + first)
                }
            }
        }
    }

    private func computePacked(_ step: Int, _ hidden: UnsafePointer<Float>, _ threads: Int) {
        let (batch, units) = (parameters.batch, parameters.units)
        let shape = FullyConnectedParameters(batch: batch, inputs: units, outputs: units)
        for (gate, matrix) in packed.enumerated() {
            FastKernels.fullyConnected(
                shape, input: hidden, filter: matrix, bias: nil, output: values[gate],
                threads: threads)
            for record in 0..<batch {
                let from = projections[gate] + parameters.row(record, step) * units
                let to = values[gate] + record * units
                for unit in 0..<units { to[unit] += from[unit] }
            }
        }
    }
}
