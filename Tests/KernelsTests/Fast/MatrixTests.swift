import Foundations
import Kernels
import Tensors
import TestSupport
import Testing

@Suite struct MatrixTests {
    @Test func fullyConnectedAgreesWithPlainSummation() {
        withEvery(
            Choice("batch", [1, 3, 4, 13]), Choice("inputs", [1, 15, 70, 611]),
            Choice("outputs", [1, 6, 49]), Choice("activation", [Clamp.none, .relu])
        ) { batch, inputs, outputs, activation in
            var samples = SplitMix64(seed: 1)
            let (x, filter) = (samples.floats(batch * inputs), samples.floats(inputs * outputs))
            let bias = samples.floats(outputs)
            let parameters = FullyConnectedParameters(
                batch: batch, inputs: inputs, outputs: outputs, activation: activation)
            let expected = (0..<batch * outputs).map { index in
                let (row, out) = (index / outputs, index % outputs)
                let sum = (0..<inputs).reduce(Double(bias[out])) {
                    $0 + Double(x[row * inputs + $1]) * Double(filter[out * inputs + $1])
                }
                return Float(activation == .relu ? max(sum, 0) : sum)
            }
            let reference = filled(batch * outputs) {
                ReferenceKernels.fullyConnected(
                    parameters, input: x, filter: filter, bias: bias, output: $0)
            }
            expectClose(reference, expected, within: 1e-6, "reference")
            let packed = [PackedMatrix.Use.rows, .vectors].map { use in
                PackedMatrix(
                    filter, depth: inputs, columns: outputs, depthStride: 1, columnStride: inputs,
                    for: use)
            }
            for threads in 1...2 {
                let fast = filled(batch * outputs) {
                    FastKernels.fullyConnected(
                        parameters, input: x, filter: filter, bias: bias, output: $0,
                        threads: threads)
                }
                expectClose(fast, expected, "fast")
                for matrix in packed {
                    let fromPacked = filled(batch * outputs) {
                        FastKernels.fullyConnected(
                            parameters, input: x, filter: matrix, bias: bias, output: $0,
                            threads: threads)
                    }
                    expectClose(fromPacked, expected, "packed for \(matrix.use)")
                }
            }
        }
    }

    @Test func batchMatMulBroadcastsAndTransposes() {
        withEvery(
            Choice("batches", [([], [2]), ([3, 1], [2]), ([2, 3], [2, 3])] as [([Int], [Int])]),
            Choice("sizes", [(1, 5, 3), (13, 7, 50)]), Choice("adjointA", [false, true]),
            Choice("adjointB", [false, true])
        ) { batches, sizes, adjointA, adjointB in
            let (rows, depth, columns) = sizes
            let a = Shape(batches.0 + (adjointA ? [depth, rows] : [rows, depth]))
            let b = Shape(batches.1 + (adjointB ? [columns, depth] : [depth, columns]))
            var samples = SplitMix64(seed: 1)
            let (x, y) = (samples.floats(a.elementCount), samples.floats(b.elementCount))
            guard
                let parameters = BatchMatMulParameters(
                    a: a, b: b, adjointA: adjointA, adjointB: adjointB),
                let joined = Shape.broadcast(Shape(batches.0), Shape(batches.1))
            else { return #expect(Bool(false), "\(Combination.current)") }
            #expect(parameters.outputShape == Shape(joined.dims + [rows, columns]))
            let count = parameters.outputShape.elementCount
            let expected = (0..<count).map { index in
                let (matrix, row, column) = (
                    index / (rows * columns), index / columns % rows, index % columns
                )
                let left = matrixIndex(matrix, joined, Shape(batches.0)) * rows * depth
                let right = matrixIndex(matrix, joined, Shape(batches.1)) * depth * columns
                return Float(
                    (0..<depth).reduce(0.0) {
                        let p = x[left + (adjointA ? $1 * rows + row : row * depth + $1)]
                        let q = y[right + (adjointB ? column * depth + $1 : $1 * columns + column)]
                        return $0 + Double(p) * Double(q)
                    })
            }
            let reference = filled(count) {
                ReferenceKernels.batchMatMul(parameters, a: x, b: y, output: $0)
            }
            expectClose(reference, expected, within: 1e-6, "reference")
            let fast = filled(count) {
                FastKernels.batchMatMul(parameters, a: x, b: y, output: $0, threads: 2)
            }
            expectClose(fast, expected, "fast")
        }
    }

    @Test func matricesThatDoNotFitAreRefused() {
        #expect(BatchMatMulParameters(a: [2, 3], b: [4, 2]) == nil)
        #expect(BatchMatMulParameters(a: [2, 2, 3], b: [3, 3, 2]) == nil)
        #expect(BatchMatMulParameters(a: [3], b: [3, 2]) == nil)
    }

    @Test func transposeMovesAndScales() {
        withEvery(
            Choice("size", [(1, 5), (16, 16), (37, 50), (300, 33), (1056, 1040)]),
            Choice("scaled", [false, true]), Choice("threads", [1, 2])
        ) { size, scaled, threads in
            let (rows, columns) = size
            var samples = SplitMix64(seed: 1)
            let x = samples.floats(rows * columns)
            let (rowScale, columnScale) = (samples.floats(rows), samples.floats(columns))
            let expected = (0..<rows * columns).map { index in
                let (column, row) = (index / rows, index % rows)
                let scale = scaled ? rowScale[row] : 1
                return x[row * columns + column] * scale * (scaled ? columnScale[column] : 1)
            }
            let actual = filled(rows * columns) {
                if scaled {
                    FastKernels.transpose(
                        rows: rows, columns: columns, input: x, output: $0, rowScale: rowScale,
                        columnScale: columnScale, threads: threads)
                } else {
                    FastKernels.transpose(
                        rows: rows, columns: columns, input: x, output: $0, threads: threads)
                }
            }
            #expect(actual == expected, "\(Combination.current)")
        }
    }

    /// The row-major index of a broadcast position within an operand's own batch shape.
    private func matrixIndex(_ position: Int, _ joined: Shape, _ operand: Shape) -> Int {
        var (remaining, index, stride) = (position, 0, 1)
        for axis in 1..<joined.rank + 1 {
            let coordinate = remaining % joined[-axis]
            remaining /= joined[-axis]
            guard axis <= operand.rank else { continue }
            index += operand[-axis] == 1 ? 0 : coordinate * stride
            stride *= operand[-axis]
        }
        return index
    }
}
