import Tensors

extension ReferenceKernels {
    /// A long short-term memory in its general form over a sequence.
    ///
    /// Each gate is `σ(W·x + A·a + R·h + p∘c + b)`, normalized over the cells before the bias if it has such factors; the
    /// output gate sees the new cell state. `c ← clip(f∘c + i∘g(candidate))`, `h ← o∘g(c)`, projected and clipped where
    /// there is a projection. `hidden` `[batch, outputs]` and `cell` `[batch, units]` hold the states before the first
    /// step and get those after the last one.
    package static func lstm(
        _ parameters: LSTMParameters, weights: LSTMWeights, input: UnsafePointer<Float>,
        auxiliary: UnsafePointer<Float>? = nil, hidden: UnsafeMutablePointer<Float>,
        cell: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        let sequence = parameters.sequence
        let (units, outputs) = (sequence.units, sequence.outputs)
        for record in 0..<sequence.batch {
            var run = CellRun(
                parameters: parameters, weights: weights,
                h: (0..<outputs).map { Double(hidden[record * outputs + $0]) },
                c: (0..<units).map { Double(cell[record * units + $0]) })
            for step in 0..<sequence.steps {
                let row = sequence.row(record, step)
                run.advance(
                    input + row * sequence.inputs,
                    auxiliary.map { $0 + row * sequence.auxiliaryInputs })
                let target = output + row * sequence.outputStride
                for index in 0..<outputs { target[index] = Float(run.h[index]) }
            }
            for index in 0..<outputs { hidden[record * outputs + index] = Float(run.h[index]) }
            for index in 0..<units { cell[record * units + index] = Float(run.c[index]) }
        }
    }

    /// The states of one record on its way through the sequence.
    private struct CellRun {
        let parameters: LSTMParameters
        let weights: LSTMWeights
        var h: [Double]
        var c: [Double]

        mutating func advance(_ x: UnsafePointer<Float>, _ a: UnsafePointer<Float>?) {
            let forget = opened(weights.forget, x, a)
            let open = weights.input.map { opened($0, x, a) } ?? forget.map { 1 - $0 }
            let candidate = sums(weights.candidate, x, a).map(activated)
            for index in c.indices {
                let value = forget[index] * c[index] + open[index] * candidate[index]
                c[index] = clipped(value, parameters.cellClip)
            }
            let gate = opened(weights.output, x, a)
            let result = c.indices.map { gate[$0] * activated(c[$0]) }
            guard let projection = weights.projection else {
                h = result
                return
            }
            h = (0..<parameters.sequence.outputs).map { index in
                let row = projection + index * parameters.sequence.units
                var sum = weights.projectionBias.map { Double($0[index]) } ?? 0
                for cell in result.indices { sum += Double(row[cell]) * result[cell] }
                return clipped(sum, parameters.projectionClip)
            }
        }

        private func opened(
            _ gate: GateWeights, _ x: UnsafePointer<Float>, _ a: UnsafePointer<Float>?
        ) -> [Double] {
            sums(gate, x, a).map { UnaryFunction.sigmoid.value(at: $0) }
        }

        private func activated(_ value: Double) -> Double {
            parameters.sequence.activation?.value(at: value) ?? value
        }

        private func clipped(_ value: Double, _ bound: Float) -> Double {
            bound > 0 ? min(max(value, -Double(bound)), Double(bound)) : value
        }

        /// What a gate sees before its function.
        private func sums(
            _ gate: GateWeights, _ x: UnsafePointer<Float>, _ a: UnsafePointer<Float>?
        ) -> [Double] {
            let sequence = parameters.sequence
            var sums = (0..<sequence.units).map { cell in
                var sum = dot(x, gate.kernel + cell * sequence.inputs, sequence.inputs)
                if let a, let kernel = gate.auxiliaryKernel {
                    let count = sequence.auxiliaryInputs
                    sum += dot(a, kernel + cell * count, count)
                }
                if parameters.hasDiagonalRecurrence {
                    sum += Double(gate.recurrent[cell]) * h[cell]
                } else {
                    let row = gate.recurrent + cell * sequence.outputs
                    for index in h.indices { sum += Double(row[index]) * h[index] }
                }
                return sum + (gate.peephole.map { Double($0[cell]) * c[cell] } ?? 0)
            }
            if let factors = gate.normalization { normalize(&sums, factors) }
            if let bias = gate.bias {
                for cell in sums.indices { sums[cell] += Double(bias[cell]) }
            }
            return sums
        }

        /// Layer normalization with the runtime's ε of 1e-8.
        private func normalize(_ values: inout [Double], _ factors: UnsafePointer<Float>) {
            let count = Double(values.count)
            let mean = values.reduce(0, +) / count
            let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
            let scale = 1 / (variance + 1e-8).squareRoot()
            for index in values.indices {
                values[index] = (values[index] - mean) * scale * Double(factors[index])
            }
        }
    }
}

extension ReferenceKernels {
    /// The end of a step of an LSTM whose gates i, c̃, f, o, `[batch, 4·units]`, lack their functions only.
    package static func basicLSTM(
        batch: Int, units: Int, gates: UnsafePointer<Float>, state: UnsafePointer<Float>,
        newState: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        for record in 0..<batch {
            for unit in 0..<units {
                func gate(_ number: Int, _ function: UnaryFunction) -> Double {
                    function.value(at: Double(gates[(record * 4 + number) * units + unit]))
                }
                let index = record * units + unit
                let value =
                    gate(0, .sigmoid) * gate(1, .tanh) + gate(2, .sigmoid) * Double(state[index])
                newState[index] = Float(value)
                output[index] = Float(gate(3, .sigmoid) * UnaryFunction.tanh.value(at: value))
            }
        }
    }
}
