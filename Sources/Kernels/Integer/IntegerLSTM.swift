/// An LSTM of 8-bit inputs and outputs with a cell of 16 bits.
package struct IntegerLSTM: Sendable {
    package let batch: Int
    package let steps: Int
    package let inputs: Int
    package let units: Int
    /// Whether x and the output are `[steps, batch, …]` rather than `[batch, steps, …]`.
    package let isTimeMajor: Bool
    package let inputZeroPoint: Int32
    package let hiddenZeroPoint: Int32
    /// The power of two that is the scale of the cell.
    package let cellExponent: Int32
    /// The greatest magnitude of the cell; 0 for no limit.
    package let cellClip: Int32
    /// The scale of the product of gate and cell by that of the output.
    package let hiddenMultiplier: FixedPointMultiplier

    package init(
        batch: Int, steps: Int, inputs: Int, units: Int, isTimeMajor: Bool, inputZeroPoint: Int32,
        hiddenZeroPoint: Int32, cellExponent: Int32, cellClip: Int32, hiddenScale: Float
    ) {
        self.batch = batch
        self.steps = steps
        self.inputs = inputs
        self.units = units
        self.isTimeMajor = isTimeMajor
        self.inputZeroPoint = inputZeroPoint
        self.hiddenZeroPoint = hiddenZeroPoint
        self.cellExponent = cellExponent
        self.cellClip = cellClip
        hiddenMultiplier = FixedPointMultiplier(0x1p-15 / Double(hiddenScale) * 0x1p-15)
    }

    /// The weights of a gate: `[units, inputs]`, `[units, units]` and `[units]`.
    package struct Gate {
        let kernel: UnsafePointer<Int8>
        let recurrent: UnsafePointer<Int8>
        let bias: UnsafePointer<Int32>?
        /// The scale of products of inputs by that of the gate, 2⁻¹².
        let kernelMultiplier: FixedPointMultiplier
        /// The scale of products of outputs by that of the gate.
        let recurrentMultiplier: FixedPointMultiplier

        package init(
            kernel: UnsafePointer<Int8>, recurrent: UnsafePointer<Int8>,
            bias: UnsafePointer<Int32>?, kernelScale: Double, recurrentScale: Double
        ) {
            self.kernel = kernel
            self.recurrent = recurrent
            self.bias = bias
            kernelMultiplier = FixedPointMultiplier(kernelScale * 0x1p12)
            recurrentMultiplier = FixedPointMultiplier(recurrentScale * 0x1p12)
        }
    }

    /// Runs the sequence.
    ///
    /// - Parameters:
    ///   - gates: i, f, c̃ and o.
    ///   - hidden: `[batch, units]`, changed.
    ///   - cell: `[batch, units]`, changed.
    package func run(
        input: UnsafePointer<Int8>, gates: [Gate], hidden: UnsafeMutablePointer<Int8>,
        cell: UnsafeMutablePointer<Int16>, output: UnsafeMutablePointer<Int8>
    ) {
        var values = [[Int32]](
            repeating: [Int32](repeating: 0, count: units), count: gates.count)
        for step in 0..<steps {
            for record in 0..<batch {
                let row = isTimeMajor ? step * batch + record : record * steps + step
                let state = hidden + record * units
                for (number, gate) in gates.enumerated() {
                    for unit in 0..<units {
                        values[number][unit] = sum(gate, unit, input + row * inputs, state)
                    }
                }
                advance(values, cell + record * units, state)
                (output + row * units).update(from: state, count: units)
            }
        }
    }

    /// The value of a gate before its function, with 3 integer bits.
    private func sum(
        _ gate: Gate, _ unit: Int, _ x: UnsafePointer<Int8>, _ state: UnsafePointer<Int8>
    ) -> Int32 {
        let fromInput = IntegerKernels.dot(
            IntegerOperand(x, zeroPoint: inputZeroPoint),
            IntegerOperand(gate.kernel + unit * inputs, zeroPoint: 0), count: inputs)
        let fromState = IntegerKernels.dot(
            IntegerOperand(state, zeroPoint: hiddenZeroPoint),
            IntegerOperand(gate.recurrent + unit * units, zeroPoint: 0), count: units)
        let bias = Int64(gate.bias?[unit] ?? 0)
        let first = IntegerLSTM.limited(
            gate.kernelMultiplier.apply(Int32(truncatingIfNeeded: fromInput &+ bias)))
        let second = gate.recurrentMultiplier.apply(Int32(truncatingIfNeeded: fromState))
        return IntegerLSTM.limited(first &+ second)
    }

    /// The new cell and the new output.
    private func advance(
        _ values: [[Int32]], _ cell: UnsafeMutablePointer<Int16>,
        _ hidden: UnsafeMutablePointer<Int8>
    ) {
        typealias Functions = FixedPointFunctions<Int16>
        for unit in 0..<units {
            let input = Functions.logistic(values[0][unit], integerBits: 3)
            let forget = Functions.logistic(values[1][unit], integerBits: 3)
            let candidate = Functions.tanh(values[2][unit], integerBits: 3)
            let gate = Functions.logistic(values[3][unit], integerBits: 3)
            let kept = FixedPoint.divide(forget &* Int32(cell[unit]), byPowerOfTwo: 15)
            let added = FixedPoint.divide(
                input &* candidate, byPowerOfTwo: min(max(30 + cellExponent, 0), 31))
            var next = IntegerLSTM.limited(kept &+ added)
            if cellClip > 0 { next = min(max(next, -cellClip), cellClip) }
            cell[unit] = Int16(truncatingIfNeeded: next)
            let squashed = Functions.tanh(next, integerBits: 15 + cellExponent)
            let result = hiddenMultiplier.apply(gate &* squashed) &+ hiddenZeroPoint
            hidden[unit] = Int8(clamping: result)
        }
    }

    private static func limited(_ value: Int32) -> Int32 { min(max(value, -32768), 32767) }
}
