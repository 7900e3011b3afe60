import CKernels

extension FastKernels {
    /// Applies a function to each pair of the broadcast of `a` and `b`.
    ///
    /// Power, floor division and modulo run as in the reference.
    package static func binary(
        _ function: BinaryFunction, _ loop: BroadcastLoop, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        guard let kernel = function.vectorized else {
            return ReferenceKernels.binary(function, loop, a, b, output: output)
        }
        binary(kernel, loop, a, b, output, threads)
    }

    /// `x` where not negative, `alpha·x` elsewhere, over the broadcast of `input` and `alpha`.
    package static func prelu(
        _ loop: BroadcastLoop, input: UnsafePointer<Float>, alpha: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        binary(kernels_prelu, loop, input, alpha, output, threads)
    }

    private static func binary(
        _ kernel: kernels_binary_function, _ loop: BroadcastLoop, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ threads: Int
    ) {
        let axis = loop.extents.count - 1
        guard axis > 0 else {
            let (stepA, stepB) = (loop.runStride(0), loop.runStride(1))
            return Parallel.forEachPart(of: loop.count, threads: threads, grain: 16384) { part in
                let shape = kernels_binary_shape(
                    rows: 1, count: part.count, a_row: 0, b_row: 0, a_step: Int32(stepA),
                    b_step: Int32(stepB))
                kernels_binary(
                    kernel, shape, a + part.lowerBound * stepA, b + part.lowerBound * stepB,
                    output + part.lowerBound)
            }
        }
        let shape = kernels_binary_shape(
            rows: loop.extents[axis - 1], count: loop.runLength, a_row: loop.strides[0][axis - 1],
            b_row: loop.strides[1][axis - 1], a_step: Int32(loop.runStride(0)),
            b_step: Int32(loop.runStride(1)))
        let block = shape.rows * shape.count
        let blocks = loop.withoutInnermostAxes(2)
        guard block > 0 else { return }
        blocks.forEachRun { first, offsets in
            for index in 0..<blocks.runLength {
                let left = a + offsets[0] + index * blocks.runStride(0)
                let right = b + offsets[1] + index * blocks.runStride(1)
                let target = output + (first + index) * block
                Parallel.forEachPart(
                    of: shape.rows, threads: threads, grain: 16384 / max(shape.count, 1) + 1
                ) { part in
                    var rows = shape
                    rows.rows = part.count
                    kernels_binary(
                        kernel, rows, left + part.lowerBound * shape.a_row,
                        right + part.lowerBound * shape.b_row,
                        target + part.lowerBound * shape.count)
                }
            }
        }
    }
}

extension BinaryFunction {
    /// The vectorized kernel of the function, if there is one.
    fileprivate var vectorized: kernels_binary_function? {
        switch self {
        case .add: kernels_add
        case .subtract: kernels_subtract
        case .multiply: kernels_multiply
        case .divide: kernels_divide
        case .maximum: kernels_maximum
        case .minimum: kernels_minimum
        case .squaredDifference: kernels_squared_difference
        case .power, .floorDivide, .floorModulo: nil
        }
    }
}
