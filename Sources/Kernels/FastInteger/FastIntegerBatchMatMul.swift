import CKernels

extension FastKernels {
    /// The products of pairs of matrices of 8-bit integers; shapes at `BatchMatMulParameters`, results as those of
    /// `IntegerKernels.batchMatMul`.
    package static func integerBatchMatMul(
        _ parameters: BatchMatMulParameters, a: IntegerOperand<Int8>, b: IntegerOperand<Int8>,
        scaling: OutputScaling, output: UnsafeMutablePointer<Int8>, threads: Int = 1
    ) {
        let (rows, depth, columns) = (parameters.rows, parameters.depth, parameters.columns)
        let loop = parameters.batches
        let packedScaling = PackedScaling(
            OutputScaling(
                [Double](repeating: scaling.factors[0], count: columns), scaling.rounding,
                zeroPoint: scaling.zeroPoint, limits: scaling.limits), channels: 0..<columns)
        var packed: (offset: Int, matrix: PackedIntegerMatrix)?
        loop.forEachRun { first, offsets in
            for index in 0..<loop.runLength {
                let left = a.elements + (offsets[0] + index * loop.runStride(0)) * rows * depth
                let offset = (offsets[1] + index * loop.runStride(1)) * depth * columns
                let matrix =
                    packed.flatMap { $0.offset == offset ? $0.matrix : nil }
                    ?? PackedIntegerMatrix(
                        b.elements + offset, tapCount: 1, tapLength: depth, columns: columns,
                        tapStride: 0, elementStride: parameters.adjointB ? 1 : columns,
                        columnStride: parameters.adjointB ? depth : 1)
                packed = (offset, matrix)
                withRows(parameters, left) { left in
                    multiply(
                        IntegerOperand(left, zeroPoint: a.zeroPoint), rows: rows, depth: depth,
                        matrix, zeroPoint: b.zeroPoint, scaling, packedScaling,
                        output + (first + index) * rows * columns, threads)
                }
            }
        }
    }

    /// The product of contiguous rows with one matrix, whose elements stand for 0 if they are `zeroPoint`.
    private static func multiply(
        _ left: IntegerOperand<Int8>, rows: Int, depth: Int, _ matrix: PackedIntegerMatrix,
        zeroPoint: Int32, _ scaling: OutputScaling, _ packedScaling: PackedScaling,
        _ output: UnsafeMutablePointer<Int8>, _ threads: Int
    ) {
        let columns = matrix.columns
        let offsets = matrix.offsets(bias: nil, inputZeroPoint: left.zeroPoint)
        func fill(_ row: Int, _ target: UnsafeMutableRawPointer) {
            kc_integer_widen(depth, left.elements + row * depth, left.zeroPoint, target)
        }
        if zeroPoint == 0 {
            return IntegerProduct.forEachBlock(
                rows: rows, length: depth, matrix, offsets, packedScaling, threads: threads,
                to: output, fill: fill)
        }
        IntegerProduct.forEachBlock(
            rows: rows, length: depth, matrix, offsets, threads: threads, fill: fill
        ) { some, sums in
            for (index, row) in some.enumerated() {
                var shift: Int32 = 0
                for k in 0..<depth { shift &+= left[row * depth + k] }
                shift &*= zeroPoint
                let (source, target) = (sums + index * columns, output + row * columns)
                for column in 0..<columns {
                    target[column] = Int8(
                        truncatingIfNeeded: scaling.element(Int64(source[column] &- shift)))
                }
            }
        }
    }

    /// The left matrix with contiguous rows.
    private static func withRows(
        _ parameters: BatchMatMulParameters, _ left: UnsafePointer<Int8>,
        _ body: (UnsafePointer<Int8>) -> Void
    ) {
        guard parameters.adjointA else { return body(left) }
        let (rows, depth) = (parameters.rows, parameters.depth)
        let copy = UnsafeMutablePointer<Int8>.allocate(capacity: max(rows * depth, 1))
        defer { copy.deallocate() }
        for row in 0..<rows {
            for k in 0..<depth { copy[row * depth + k] = left[k * rows + row] }
        }
        body(copy)
    }
}
