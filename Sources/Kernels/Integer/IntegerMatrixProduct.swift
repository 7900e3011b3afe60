extension IntegerKernels {
    /// `output[b, o] = Σ input[b, i] · filter[o, i] + bias[o]`, scaled.
    @_specialize(where X == Int8, W == Int8)
    @_specialize(where X == UInt8, W == UInt8)
    @_specialize(where X == Int16, W == Int8)
    package static func fullyConnected<X: QuantizedElement, W: QuantizedElement>(
        _ parameters: FullyConnectedParameters, input: IntegerOperand<X>,
        filter: IntegerOperand<W>, bias: [Int64], scaling: OutputScaling,
        output: UnsafeMutablePointer<X>
    ) {
        let (inputs, outputs) = (parameters.inputs, parameters.outputs)
        for record in 0..<parameters.batch {
            for out in 0..<outputs {
                let sum = dot(
                    input.advanced(by: record * inputs), filter.advanced(by: out * inputs),
                    count: inputs)
                output[record * outputs + out] = X(
                    truncatingIfNeeded: scaling.element(sum &+ bias[out], channel: out))
            }
        }
    }

    /// The products of pairs of matrices; shapes at `BatchMatMulParameters`.
    @_specialize(where X == Int8, Y == Int8)
    @_specialize(where X == UInt8, Y == UInt8)
    @_specialize(where X == Int16, Y == Int16)
    @_specialize(where X == Int16, Y == Int8)
    package static func batchMatMul<X: QuantizedElement, Y: QuantizedElement>(
        _ parameters: BatchMatMulParameters, a: IntegerOperand<X>, b: IntegerOperand<Y>,
        scaling: OutputScaling, output: UnsafeMutablePointer<X>
    ) {
        let (rows, depth, columns) = (parameters.rows, parameters.depth, parameters.columns)
        let (rowStep, depthStepA) = parameters.adjointA ? (1, rows) : (depth, 1)
        let (depthStepB, columnStep) = parameters.adjointB ? (1, depth) : (columns, 1)
        var target = output
        parameters.batches.forEachRun { _, offsets in
            for index in 0..<parameters.batches.runLength {
                let left = a.advanced(
                    by: (offsets[0] + index * parameters.batches.runStride(0)) * rows * depth)
                let right = b.advanced(
                    by: (offsets[1] + index * parameters.batches.runStride(1)) * depth * columns)
                for row in 0..<rows {
                    for column in 0..<columns {
                        var sum: Int64 = 0
                        for k in 0..<depth {
                            sum &+=
                                Int64(
                                    left[row * rowStep + k * depthStepA])
                                &* Int64(right[k * depthStepB + column * columnStep])
                        }
                        target[row * columns + column] = X(
                            truncatingIfNeeded: scaling.element(sum))
                    }
                }
                target += rows * columns
            }
        }
    }
}
