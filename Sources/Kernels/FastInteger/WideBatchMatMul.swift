import CKernels

extension FastKernels {
    /// The products of pairs of matrices of 16-bit integers with as many bits or 8 on the right, which stand for 0 if they are 0;
    /// shapes at `BatchMatMulParameters`, with a depth of at most `WideHalves.depthLimit`, results as those of
    /// `IntegerKernels.batchMatMul`.
    package static func wideBatchMatMul(
        _ parameters: BatchMatMulParameters, a: UnsafePointer<Int16>, b: UnsafePointer<Int16>,
        scaling: OutputScaling, output: UnsafeMutablePointer<Int16>, threads: Int = 1
    ) {
        let size = parameters.depth * parameters.columns
        wideBatchMatMul(parameters, a: a, scaling: scaling, output: output, threads: threads) {
            number, body in
            WideHalves.with(b + number * size, count: size) { halves in
                body([packed(parameters, halves.high), packed(parameters, halves.low)])
            }
        }
    }

    package static func wideBatchMatMul(
        _ parameters: BatchMatMulParameters, a: UnsafePointer<Int16>, b: UnsafePointer<Int8>,
        scaling: OutputScaling, output: UnsafeMutablePointer<Int16>, threads: Int = 1
    ) {
        let size = parameters.depth * parameters.columns
        wideBatchMatMul(parameters, a: a, scaling: scaling, output: output, threads: threads) {
            number, body in
            body([packed(parameters, b + number * size)])
        }
    }

    /// - Parameter withRight: packs a right matrix: its elements, or their upper and lower halves.
    private static func wideBatchMatMul(
        _ parameters: BatchMatMulParameters, a: UnsafePointer<Int16>, scaling: OutputScaling,
        output: UnsafeMutablePointer<Int16>, threads: Int,
        withRight: (_ number: Int, _ body: ([PackedIntegerMatrix]) -> Void) -> Void
    ) {
        let (rows, depth) = (parameters.rows, parameters.depth)
        let loop = parameters.batches
        loop.forEachRun { first, offsets in
            for index in 0..<loop.runLength {
                let left = a + (offsets[0] + index * loop.runStride(0)) * rows * depth
                let target = output + (first + index) * rows * parameters.columns
                withRight(offsets[1] + index * loop.runStride(1)) { right in
                    guard parameters.adjointA else {
                        return multiply(parameters, left, right, scaling, target, threads)
                    }
                    withUnsafeTemporaryAllocation(of: Int16.self, capacity: max(rows * depth, 1)) {
                        guard let copy = $0.baseAddress else { return }
                        for place in 0..<rows * depth {
                            copy[place] = left[place % depth * rows + place / depth]
                        }
                        multiply(parameters, copy, right, scaling, target, threads)
                    }
                }
            }
        }
    }

    private static func packed(
        _ parameters: BatchMatMulParameters, _ elements: UnsafePointer<Int8>
    ) -> PackedIntegerMatrix {
        let (depth, columns) = (parameters.depth, parameters.columns)
        return PackedIntegerMatrix(
            elements, tapCount: 1, tapLength: depth, columns: columns, tapStride: 0,
            elementStride: parameters.adjointB ? 1 : columns,
            columnStride: parameters.adjointB ? depth : 1)
    }

    /// Multiplies contiguous rows with one matrix: both halves of the rows with all halves of the matrix.
    private static func multiply(
        _ parameters: BatchMatMulParameters, _ left: UnsafePointer<Int16>,
        _ right: [PackedIntegerMatrix], _ scaling: OutputScaling,
        _ output: UnsafeMutablePointer<Int16>, _ threads: Int
    ) {
        let (rows, depth, columns) = (parameters.rows, parameters.depth, parameters.columns)
        let sums = UnsafeMutablePointer<Int64>.allocate(capacity: max(rows * columns, 1))
        defer { sums.deallocate() }
        for row in 0..<rows {
            // The lower halves of the matrix are around `WideHalves.zeroPoint`.
            var shift: Int64 = 0
            if right.count > 1 {
                for k in 0..<depth { shift &+= Int64(left[row * depth + k]) }
                shift &*= -Int64(WideHalves.zeroPoint)
            }
            (sums + row * columns).initialize(repeating: shift, count: columns)
        }
        WideHalves.with(left, count: rows * depth) { halves in
            for (place, matrix) in right.enumerated() {
                let unit: Int64 = place + 1 == right.count ? 1 : 256
                for (half, zeroPoint, factor) in [
                    (halves.high, 0, 256 * unit), (halves.low, WideHalves.zeroPoint, unit),
                ] {
                    IntegerProduct.forEachBlock(
                        rows: rows, length: depth, matrix,
                        matrix.offsets(bias: nil, inputZeroPoint: zeroPoint), threads: threads
                    ) { row, target in
                        kc_integer_widen(depth, half + row * depth, zeroPoint, target)
                    } finish: { some, products in
                        let target = sums + some.lowerBound * columns
                        for index in 0..<some.count * columns {
                            target[index] &+= factor &* Int64(products[index])
                        }
                    }
                }
            }
        }
        for index in 0..<rows * columns {
            output[index] = Int16(truncatingIfNeeded: scaling.element(sums[index]))
        }
    }
}
