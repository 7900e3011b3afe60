import CKernels

/// An LSTM of 8-bit integers with its weights packed and its functions in tables, ready to run on any data.
package final class FastIntegerLSTM: Sendable {
    private let parameters: IntegerLSTM
    private let gates: [Gate]
    private let logistic = CellTables.logistic
    private let candidate = CellTables.tanh(integerBits: 3)
    private let squash: [Int16]

    private struct Gate: Sendable {
        let kernel: PackedIntegerMatrix
        let recurrent: PackedIntegerMatrix
        /// What the sums of both start with.
        let offsets: (kernel: [Int32], recurrent: [Int32])
        let multipliers: (kernel: FixedPointMultiplier, recurrent: FixedPointMultiplier)
    }

    /// - Parameter gates: i, f, c̃ and o.
    package init(_ parameters: IntegerLSTM, gates: [IntegerLSTM.Gate]) {
        self.parameters = parameters
        let (inputs, units) = (parameters.inputs, parameters.units)
        squash = CellTables.tanh(integerBits: 15 + parameters.cellExponent)
        self.gates = gates.map { gate in
            func packed(_ matrix: UnsafePointer<Int8>, _ length: Int) -> PackedIntegerMatrix {
                PackedIntegerMatrix(
                    matrix, tapCount: 1, tapLength: length, columns: units, tapStride: 0,
                    columnStride: length)
            }
            let kernel = packed(gate.kernel, inputs)
            let recurrent = packed(gate.recurrent, units)
            let bias = gate.bias.map { bias in (0..<units).map { Int64(bias[$0]) } }
            return Gate(
                kernel: kernel, recurrent: recurrent,
                offsets: (
                    kernel.offsets(bias: bias, inputZeroPoint: parameters.inputZeroPoint),
                    recurrent.offsets(bias: nil, inputZeroPoint: parameters.hiddenZeroPoint)
                ), multipliers: (gate.kernelMultiplier, gate.recurrentMultiplier))
        }
    }

    /// Runs the sequence; arguments are those of `IntegerLSTM.run`.
    package func run(
        input: UnsafePointer<Int8>, hidden: UnsafeMutablePointer<Int8>,
        cell: UnsafeMutablePointer<Int16>, output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        let (batch, units) = (parameters.batch, parameters.units)
        let rows = batch * parameters.steps
        let projections = UnsafeMutablePointer<Int16>.allocate(
            capacity: max(gates.count * rows * units, 1))
        defer { projections.deallocate() }
        for (number, gate) in gates.enumerated() {
            project(gate, input, rows, to: projections + number * rows * units, threads)
        }
        for step in 0..<parameters.steps {
            for (number, gate) in gates.enumerated() {
                add(gate, hidden, step, to: projections + number * rows * units)
            }
            for record in 0..<batch {
                let row = row(record, step)
                advance(
                    projections + row * units, gateStep: rows * units, cell + record * units,
                    hidden + record * units)
                (output + row * units).update(from: hidden + record * units, count: units)
            }
        }
    }

    private func row(_ record: Int, _ step: Int) -> Int {
        parameters.isTimeMajor
            ? step * parameters.batch + record : record * parameters.steps + step
    }

    /// What the inputs of all steps bring to a gate, with 3 integer bits.
    private func project(
        _ gate: Gate, _ input: UnsafePointer<Int8>, _ rows: Int,
        to target: UnsafeMutablePointer<Int16>, _ threads: Int
    ) {
        let (inputs, units) = (parameters.inputs, parameters.units)
        IntegerProduct.forEachBlock(
            rows: rows, length: inputs, gate.kernel, gate.offsets.kernel, threads: threads
        ) { row, target in
            kc_integer_widen(inputs, input + row * inputs, parameters.inputZeroPoint, target)
        } finish: { rows, sums in
            for index in 0..<rows.count * units {
                target[rows.lowerBound * units + index] = Int16(
                    clamping: gate.multipliers.kernel.apply(sums[index]))
            }
        }
    }

    /// Adds what the outputs of the step before bring to a gate.
    private func add(
        _ gate: Gate, _ hidden: UnsafePointer<Int8>, _ step: Int,
        to target: UnsafeMutablePointer<Int16>
    ) {
        let units = parameters.units
        IntegerProduct.forEachBlock(
            rows: parameters.batch, length: units, gate.recurrent, gate.offsets.recurrent,
            threads: 1
        ) { record, target in
            kc_integer_widen(units, hidden + record * units, parameters.hiddenZeroPoint, target)
        } finish: { records, sums in
            for (index, record) in records.enumerated() {
                let values = target + row(record, step) * units
                for unit in 0..<units {
                    let sum = gate.multipliers.recurrent.apply(sums[index * units + unit])
                    values[unit] = Int16(clamping: Int32(values[unit]) &+ sum)
                }
            }
        }
    }

    /// The new cell and the new output of a record from its gates, which lie `gateStep` elements apart.
    private func advance(
        _ gates: UnsafePointer<Int16>, gateStep: Int, _ cell: UnsafeMutablePointer<Int16>,
        _ hidden: UnsafeMutablePointer<Int8>
    ) {
        let clip = parameters.cellClip
        let shift = min(max(30 + parameters.cellExponent, 0), 31)
        logistic.withUnsafeBufferPointer { logistic in
            candidate.withUnsafeBufferPointer { candidate in
                squash.withUnsafeBufferPointer { squash in
                    for unit in 0..<parameters.units {
                        func gate(_ number: Int) -> Int {
                            Int(gates[number * gateStep + unit]) + 32768
                        }
                        let kept = FixedPoint.divide(
                            Int32(logistic[gate(1)]) &* Int32(cell[unit]), byPowerOfTwo: 15)
                        let added = FixedPoint.divide(
                            Int32(logistic[gate(0)]) &* Int32(candidate[gate(2)]),
                            byPowerOfTwo: shift)
                        var next = Int32(Int16(clamping: kept &+ added))
                        if clip > 0 { next = min(max(next, -clip), clip) }
                        cell[unit] = Int16(truncatingIfNeeded: next)
                        let result = parameters.hiddenMultiplier.apply(
                            Int32(logistic[gate(3)]) &* Int32(squash[Int(next) + 32768]))
                        hidden[unit] = Int8(clamping: result &+ parameters.hiddenZeroPoint)
                    }
                }
            }
        }
    }
}
