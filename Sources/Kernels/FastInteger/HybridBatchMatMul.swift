/// Products of matrices of floats with constant matrices of integers: each row of the left ones is rounded to 8 bits.
package final class HybridBatchMatMul: Sendable {
    private let parameters: BatchMatMulParameters
    /// One for each of the right matrices.
    private let layers: [HybridFullyConnected]

    /// - Parameters:
    ///   - b: the right matrices, `count` of them; the zero point is 0.
    ///   - isAsymmetric: whether 0 can be any of the integers of a row.
    package init(
        _ parameters: BatchMatMulParameters, b: UnsafePointer<Int8>, count: Int, scale: Float,
        isAsymmetric: Bool
    ) {
        self.parameters = parameters
        let (depth, columns) = (parameters.depth, parameters.columns)
        let shape = FullyConnectedParameters(
            batch: parameters.rows, inputs: depth, outputs: columns)
        layers = (0..<count).map { number in
            let matrix = b + number * depth * columns
            var rows = [Int8](repeating: 0, count: max(depth * columns, 1))
            for column in 0..<columns {
                for k in 0..<depth {
                    rows[column * depth + k] =
                        parameters.adjointB
                        ? matrix[column * depth + k] : matrix[k * columns + column]
                }
            }
            return HybridFullyConnected(
                shape, filter: rows, scales: [Float](repeating: scale, count: columns),
                isPerTensor: true, isAsymmetric: isAsymmetric)
        }
    }

    /// Multiplies; data shapes at `BatchMatMulParameters`.
    package func run(
        a: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (rows, depth, columns) = (parameters.rows, parameters.depth, parameters.columns)
        let loop = parameters.batches
        loop.forEachRun { first, offsets in
            for index in 0..<loop.runLength {
                let left = a + (offsets[0] + index * loop.runStride(0)) * rows * depth
                let layer = layers[offsets[1] + index * loop.runStride(1)]
                let target = output + (first + index) * rows * columns
                guard parameters.adjointA else {
                    layer.run(input: left, bias: nil, output: target, threads: threads)
                    continue
                }
                withUnsafeTemporaryAllocation(of: Float.self, capacity: max(rows * depth, 1)) {
                    guard let copy = $0.baseAddress else { return }
                    FastKernels.transpose(rows: depth, columns: rows, input: left, output: copy)
                    layer.run(input: copy, bias: nil, output: target, threads: threads)
                }
            }
        }
    }
}
