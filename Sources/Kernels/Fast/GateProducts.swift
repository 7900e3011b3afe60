import CKernels

/// What the gates of a recurrent layer see: the part of the inputs for all steps at once, that of the state step by step.
final class GateProducts {
    /// How the state is multiplied.
    private enum Recurrence {
        case diagonal
        case inPlace
        case packed([PackedMatrix])
    }

    private let parameters: RecurrenceParameters
    private let gates: [GateWeights]
    private let recurrence: Recurrence
    private let input: UnsafePointer<Float>
    private let auxiliary: UnsafePointer<Float>?
    /// The kernels in the order of the matrix product; empty if rows are too few for that.
    private let kernels: [PackedMatrix]
    /// For each gate its value of the present step, `[batch, units]`.
    private let values: [UnsafeMutablePointer<Float>]
    /// For each gate x·Kᵀ + a·Aᵀ of each record at the steps of `window`, with the bias unless a normalization comes before
    /// that; rows lie in the order of the inputs.
    private let projections: [UnsafeMutablePointer<Float>]
    /// The space for a·Aᵀ.
    private let sum: UnsafeMutablePointer<Float>
    /// The steps whose projections are there.
    private var window = 0..<0
    /// The most steps of a window.
    private let windowSize: Int

    /// Steps from which packing a matrix that is not kept pays.
    private static let worthPacking = 8
    /// Units that are computed together in place.
    private static let block = 16
    /// The projections of a window stay in the second-level cache.
    private static let windowFloats = 1 << 16

    /// The products of a layer; lives within one call of a kernel, since it uses the thread's working memory.
    init(
        _ gates: [GateWeights], _ parameters: RecurrenceParameters, isDiagonal: Bool = false,
        input: UnsafePointer<Float>, auxiliary: UnsafePointer<Float>?
    ) {
        self.gates = gates
        self.parameters = parameters
        self.input = input
        self.auxiliary = auxiliary
        let state = parameters.batch * parameters.units
        let size = max(1, min(parameters.steps, Self.windowFloats / max(gates.count * state, 1)))
        windowSize = size
        let count = gates.count
        let memory: UnsafeMutablePointer<Float> = kc_scratch(
            state * (count * (1 + size) + size))
        values = (0..<count).map { memory + $0 * state }
        projections = (0..<count).map { memory + (count + $0 * size) * state }
        sum = memory + count * (1 + size) * state
        recurrence = isDiagonal ? .diagonal : Self.recurrence(gates, parameters)
        let isPacked = parameters.steps >= Self.worthPacking && min(size, parameters.steps) >= 4
        kernels =
            isPacked
            ? gates.map {
                ($0.packedKernel ?? PackedMatrices()).fullyConnected(
                    $0.kernel, inputs: parameters.inputs, outputs: parameters.units)
            } : []
    }

    /// The values of a gate, `[batch, units]`.
    subscript(gate: Int) -> UnsafeMutablePointer<Float> { values[gate] }

    /// Sets the values to those of the n-th step.
    func compute(step: Int, hidden: UnsafePointer<Float>, threads: Int) {
        project(step, threads)
        switch recurrence {
        case .diagonal: computeDiagonal(step, hidden)
        case .inPlace: computeInPlace(step, hidden, threads)
        case .packed(let matrices):
            parameters.batch < 4
                ? computeVectors(matrices, step, hidden, threads)
                : computeRows(matrices, step, hidden, threads)
        }
    }

    /// Ends the sum of a gate: what it sees of the cell state, its layer normalization.
    func finish(_ number: Int, cell: UnsafePointer<Float>) {
        let (gate, units) = (gates[number], parameters.units)
        for record in 0..<parameters.batch {
            let row = values[number] + record * units
            if let peephole = gate.peephole {
                let state = cell + record * units
                for unit in 0..<units { row[unit] += peephole[unit] * state[unit] }
            }
            guard let factors = gate.normalization else { continue }
            Self.normalize(row, units, factors)
            if let bias = gate.bias { for unit in 0..<units { row[unit] += bias[unit] } }
        }
    }

    /// Layer normalization with the runtime's ε of 1e-8.
    private static func normalize(
        _ values: UnsafeMutablePointer<Float>, _ count: Int, _ factors: UnsafePointer<Float>
    ) {
        var (sum, squares) = (0.0, 0.0)
        for index in 0..<count { sum += Double(values[index]) }
        let mean = sum / Double(count)
        for index in 0..<count {
            squares += (Double(values[index]) - mean) * (Double(values[index]) - mean)
        }
        let scale = 1 / (squares / Double(count) + 1e-8).squareRoot()
        for index in 0..<count {
            values[index] = Float((Double(values[index]) - mean) * scale) * factors[index]
        }
    }

    private static func recurrence(
        _ gates: [GateWeights], _ parameters: RecurrenceParameters
    ) -> Recurrence {
        let (units, outputs) = (parameters.units, parameters.outputs)
        let isConstant = gates.allSatisfy { $0.packedRecurrent != nil }
        guard isConstant || parameters.steps >= worthPacking,
            let use = FastKernels.packing(
                batch: parameters.batch, inputs: outputs, outputs: units)
        else { return .inPlace }
        return .packed(
            gates.map { gate in
                (gate.packedRecurrent ?? PackedMatrices()).fullyConnected(
                    gate.recurrent, inputs: outputs, outputs: units, for: use)
            })
    }

    /// Makes the projections of the n-th step and of those that are read after it unless they are there.
    private func project(_ number: Int, _ threads: Int) {
        guard !window.contains(parameters.step(number)) else { return }
        let end = min(number + windowSize, parameters.steps)
        let (a, b) = (parameters.step(number), parameters.step(end - 1))
        window = min(a, b)..<max(a, b) + 1
        let blocks =
            parameters.isTimeMajor
            ? [(window.lowerBound * parameters.batch, window.count * parameters.batch)]
            : (0..<parameters.batch).map {
                ($0 * parameters.steps + window.lowerBound, window.count)
            }
        for gate in gates.indices {
            var target = projections[gate]
            for (first, rows) in blocks {
                project(gate, first, rows, into: target, threads)
                target += rows * parameters.units
            }
        }
    }

    /// The projections of some rows of the inputs.
    private func project(
        _ number: Int, _ first: Int, _ rows: Int, into target: UnsafeMutablePointer<Float>,
        _ threads: Int
    ) {
        let (gate, units) = (gates[number], parameters.units)
        let shape = FullyConnectedParameters(
            batch: rows, inputs: parameters.inputs, outputs: units)
        let x = input + first * parameters.inputs
        let bias = gate.normalization == nil ? gate.bias : nil
        if kernels.isEmpty {
            FastKernels.fullyConnected(
                shape, input: x, filter: gate.kernel, bias: bias, output: target, threads: threads)
        } else {
            FastKernels.fullyConnected(
                shape, input: x, filter: kernels[number], bias: bias, output: target,
                threads: threads)
        }
        guard let auxiliary, let kernel = gate.auxiliaryKernel else { return }
        FastKernels.fullyConnected(
            FullyConnectedParameters(
                batch: rows, inputs: parameters.auxiliaryInputs, outputs: units),
            input: auxiliary + first * parameters.auxiliaryInputs, filter: kernel, bias: nil,
            output: sum, threads: threads)
        for index in 0..<rows * units { target[index] += sum[index] }
    }

    /// What a gate sees of the inputs of a record at the n-th step.
    private func projection(_ gate: Int, _ record: Int, _ number: Int) -> UnsafePointer<Float> {
        let step = parameters.step(number) - window.lowerBound
        let row =
            parameters.isTimeMajor
            ? step * parameters.batch + record : record * window.count + step
        return UnsafePointer(projections[gate] + row * parameters.units)
    }

    private func computeDiagonal(_ step: Int, _ hidden: UnsafePointer<Float>) {
        let units = parameters.units
        for (number, gate) in gates.enumerated() {
            for record in 0..<parameters.batch {
                let (seen, state) = (projection(number, record, step), hidden + record * units)
                let row = values[number] + record * units
                for unit in 0..<units {
                    row[unit] = seen[unit] + gate.recurrent[unit] * state[unit]
                }
            }
        }
    }

    private func computeVectors(
        _ matrices: [PackedMatrix], _ step: Int, _ hidden: UnsafePointer<Float>, _ threads: Int
    ) {
        let panels = matrices[0].panelCount
        Parallel.forEachPart(
            of: matrices.count * panels, threads: threads, grain: matrices[0].panelsWorthAThread
        ) { part in
            for gate in matrices.indices {
                let start = gate * panels
                let range = part.clamped(to: start..<start + panels)
                guard !range.isEmpty else { continue }
                for record in 0..<parameters.batch {
                    MatrixProduct.vector(
                        hidden + record * parameters.outputs, matrices[gate],
                        panels: range.lowerBound - start..<range.upperBound - start,
                        bias: projection(gate, record, step), .none,
                        output: values[gate] + record * parameters.units)
                }
            }
        }
    }

    private func computeRows(
        _ matrices: [PackedMatrix], _ step: Int, _ hidden: UnsafePointer<Float>, _ threads: Int
    ) {
        let units = parameters.units
        let shape = FullyConnectedParameters(
            batch: parameters.batch, inputs: parameters.outputs, outputs: units)
        for (gate, matrix) in matrices.enumerated() {
            FastKernels.fullyConnected(
                shape, input: hidden, filter: matrix, bias: nil, output: values[gate],
                threads: threads)
            for record in 0..<parameters.batch {
                let (from, to) = (projection(gate, record, step), values[gate] + record * units)
                for unit in 0..<units { to[unit] += from[unit] }
            }
        }
    }

    /// Reads the recurrent kernels forwards and backwards in turn, so that what the caches hold at the end of one
    /// step is what the next one begins with.
    private func computeInPlace(_ step: Int, _ hidden: UnsafePointer<Float>, _ threads: Int) {
        let (units, outputs) = (parameters.units, parameters.outputs)
        let blocks = (units + Self.block - 1) / Self.block
        Parallel.forEachPart(
            of: gates.count * blocks, threads: threads,
            grain: 65536 / max(outputs * Self.block, 1) + 1
        ) { part in
            for position in part {
                let index =
                    step % 2 == 0 ? position : part.upperBound - 1 - (position - part.lowerBound)
                let (gate, first) = (index / blocks, index % blocks * Self.block)
                for record in 0..<parameters.batch {
                    kc_gemv(
                        hidden + record * outputs, gates[gate].recurrent + first * outputs,
                        outputs, min(Self.block, units - first),
                        projection(gate, record, step) + first, -.infinity, .infinity,
                        values[gate] + record * units + first)
                }
            }
        }
    }
}
