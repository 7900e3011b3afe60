extension ReferenceKernels {
    /// A long short-term memory over a sequence, with the gates i, f, c̃, o.
    ///
    /// `hidden` and `cell`, `[batch, units]`, hold the states before the first step and get those after the last one.
    package static func lstm(
        _ parameters: RecurrenceParameters, input: UnsafePointer<Float>, gates: [GateWeights],
        hidden: UnsafeMutablePointer<Float>, cell: UnsafeMutablePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        let units = parameters.units
        var (sums, h, c) = (
            [[Double]](repeating: [Double](repeating: 0, count: units), count: gates.count),
            [Double](repeating: 0, count: units), [Double](repeating: 0, count: units)
        )
        for record in 0..<parameters.batch {
            for unit in 0..<units {
                h[unit] = Double(hidden[record * units + unit])
                c[unit] = Double(cell[record * units + unit])
            }
            for step in 0..<parameters.steps {
                let row = parameters.row(record, step)
                for (index, gate) in gates.enumerated() {
                    sum(gate, parameters, input + row * parameters.inputs, h, into: &sums[index])
                }
                for unit in 0..<units {
                    let candidate = apply(parameters.activation, sums[2][unit])
                    c[unit] =
                        UnaryFunction.sigmoid.value(at: sums[1][unit]) * c[unit]
                        + UnaryFunction.sigmoid.value(at: sums[0][unit]) * candidate
                    h[unit] =
                        UnaryFunction.sigmoid.value(at: sums[3][unit])
                        * apply(parameters.activation, c[unit])
                    output[row * units + unit] = Float(h[unit])
                }
            }
            for unit in 0..<units {
                hidden[record * units + unit] = Float(h[unit])
                cell[record * units + unit] = Float(c[unit])
            }
        }
    }

    /// A fully connected recurrence over a sequence; `hidden` as for `lstm`.
    package static func simpleRNN(
        _ parameters: RecurrenceParameters, input: UnsafePointer<Float>, weights: GateWeights,
        hidden: UnsafeMutablePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        let units = parameters.units
        var (sums, h) = (
            [Double](repeating: 0, count: units), [Double](repeating: 0, count: units)
        )
        for record in 0..<parameters.batch {
            for unit in 0..<units { h[unit] = Double(hidden[record * units + unit]) }
            for step in 0..<parameters.steps {
                let row = parameters.row(record, step)
                sum(weights, parameters, input + row * parameters.inputs, h, into: &sums)
                for unit in 0..<units {
                    h[unit] = apply(parameters.activation, sums[unit])
                    output[row * units + unit] = Float(h[unit])
                }
            }
            for unit in 0..<units { hidden[record * units + unit] = Float(h[unit]) }
        }
    }

    private static func apply(_ function: UnaryFunction?, _ value: Double) -> Double {
        function.map { $0.value(at: value) } ?? value
    }

    /// `sums = x·Kᵀ + h·Rᵀ + b`.
    private static func sum(
        _ gate: GateWeights, _ parameters: RecurrenceParameters, _ x: UnsafePointer<Float>,
        _ h: [Double], into sums: inout [Double]
    ) {
        for unit in 0..<parameters.units {
            var sum = gate.bias.map { Double($0[unit]) } ?? 0
            sum += dot(x, gate.kernel + unit * parameters.inputs, parameters.inputs)
            let row = gate.recurrent + unit * parameters.units
            for index in 0..<parameters.units { sum += h[index] * Double(row[index]) }
            sums[unit] = sum
        }
    }
}
