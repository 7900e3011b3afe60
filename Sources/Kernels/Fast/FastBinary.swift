import CKernels

extension FastKernels {
    /// Applies a function to each pair of the broadcast of `a` and `b`.
    ///
    /// Power, floor division and modulo run as in the reference.
    package static func binary(
        _ function: BinaryFunction, _ loop: BroadcastLoop, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, activation: FusedActivation = .none,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        if let kernel = function.vectorized {
            return binary(kernel, loop, a, b, output, activation, threads)
        }
        ReferenceKernels.binary(function, loop, a, b, output: output)
        guard activation != .none else { return }
        kernels_unary(
            kernels_clamp, activation.lower, activation.upper, loop.count, output, output)
    }

    /// `x` where not negative, `alpha·x` elsewhere, over the broadcast of `input` and `alpha`.
    package static func prelu(
        _ loop: BroadcastLoop, input: UnsafePointer<Float>, alpha: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        binary(kernels_prelu, loop, input, alpha, output, .none, threads)
    }

    private static func binary(
        _ kernel: kernels_binary_function, _ loop: BroadcastLoop, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        _ activation: FusedActivation, _ threads: Int
    ) {
        let axis = loop.extents.count - 1
        guard axis > 0 else {
            let (stepA, stepB) = (loop.runStride(0), loop.runStride(1))
            return Parallel.forEachPart(of: loop.count, threads: threads, grain: 16384) { part in
                for first in stride(from: part.lowerBound, to: part.upperBound, by: chunk) {
                    let shape = kernels_binary_shape(
                        rows: 1, count: min(chunk, part.upperBound - first), a_row: 0, b_row: 0,
                        a_step: Int32(stepA), b_step: Int32(stepB))
                    rows(
                        kernel, shape, a + first * stepA, b + first * stepB, output + first,
                        activation)
                }
            }
        }
        let shape = kernels_binary_shape(
            rows: loop.extents[axis - 1], count: loop.runLength, a_row: loop.strides[0][axis - 1],
            b_row: loop.strides[1][axis - 1], a_step: Int32(loop.runStride(0)),
            b_step: Int32(loop.runStride(1)))
        let block = shape.rows * shape.count
        let blocks = loop.withoutInnermostAxes(2)
        guard block > 0 else { return }
        let (grain, step) = (16384 / shape.count + 1, chunk / shape.count + 1)
        blocks.forEachRun { first, offsets in
            for index in 0..<blocks.runLength {
                let left = a + offsets[0] + index * blocks.runStride(0)
                let right = b + offsets[1] + index * blocks.runStride(1)
                let target = output + (first + index) * block
                Parallel.forEachPart(of: shape.rows, threads: threads, grain: grain) { part in
                    for row in stride(from: part.lowerBound, to: part.upperBound, by: step) {
                        var some = shape
                        some.rows = min(step, part.upperBound - row)
                        rows(
                            kernel, some, left + row * shape.a_row, right + row * shape.b_row,
                            target + row * shape.count, activation)
                    }
                }
            }
        }
    }

    /// Elements that are computed and clamped while they are in the cache.
    private static let chunk = 4096

    private static func rows(
        _ kernel: kernels_binary_function, _ shape: kernels_binary_shape,
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>, _ activation: FusedActivation
    ) {
        joinedRows(kernel, shape, a, b, output)
        guard activation != .none else { return }
        kernels_unary(
            kernels_clamp, activation.lower, activation.upper, shape.rows * shape.count, output,
            output)
    }

    /// Joins short rows, all of which meet the same few elements of one operand, to long ones.
    private static func joinedRows(
        _ kernel: kernels_binary_function, _ shape: kernels_binary_shape,
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        let count = shape.count
        let repeats =
            shape.a_row == 0 && shape.b_row == count
            ? a : shape.b_row == 0 && shape.a_row == count ? b : nil
        let join = 256 / max(count, 1)
        guard let repeats, shape.a_step == 1, shape.b_step == 1, count < 48, shape.rows > join
        else { return kernels_binary(kernel, shape, a, b, output) }
        withUnsafeTemporaryAllocation(of: Float.self, capacity: join * count) {
            guard let pattern = $0.baseAddress else { return }
            for copy in 0..<join { (pattern + copy * count).update(from: repeats, count: count) }
            var (wide, rest) = (shape, shape)
            wide.rows = shape.rows / join
            wide.count = join * count
            wide.a_row = shape.a_row * join
            wide.b_row = shape.b_row * join
            rest.rows = shape.rows % join
            let isLeft = repeats == a
            let done = wide.rows * wide.count
            kernels_binary(
                kernel, wide, isLeft ? UnsafePointer(pattern) : a,
                isLeft ? b : UnsafePointer(pattern), output)
            kernels_binary(
                kernel, rest, isLeft ? a : a + done, isLeft ? b + done : b, output + done)
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
