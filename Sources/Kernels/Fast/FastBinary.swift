import CKernels
import Tensors

extension FastKernels {
    /// Applies a function to each pair of the broadcast of `a` and `b`.
    package static func binary(
        _ function: BinaryFunction, _ loop: BroadcastLoop, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, activation: Clamp = .none,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        binary(function.kernel, loop, a, b, output, activation, threads)
    }

    /// `x` where not negative, `alpha·x` elsewhere, over the broadcast of `input` and `alpha`.
    package static func prelu(
        _ loop: BroadcastLoop, input: UnsafePointer<Float>, alpha: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        binary(kc_prelu, loop, input, alpha, output, .none, threads)
    }

    /// The angle of the point (x, y) for each pair of the broadcast of `y` and `x`.
    package static func arcTangent(
        _ loop: BroadcastLoop, y: UnsafePointer<Float>, x: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        binary(kc_arc_tangent, loop, y, x, output, .none, threads)
    }

    private static func binary(
        _ kernel: kc_binary_function, _ loop: BroadcastLoop, _ a: UnsafePointer<Float>,
        _ b: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        _ activation: Clamp, _ threads: Int
    ) {
        loop.withLongRows(a, b) { loop, a, b in
            loop.forEachBlock(threads: threads, limit: chunk) { shape, offsets, first in
                let target = output + first
                joinedRows(kernel, shape, a + offsets.a, b + offsets.b, target)
                guard activation != .none else { return }
                kc_unary(
                    kc_clamp, activation.lower, activation.upper, shape.rows * shape.count,
                    target, target)
            }
        }
    }

    /// Elements that are computed and clamped while they are in the cache.
    private static let chunk = 4096

    /// Joins short rows, all of which meet the same few elements of one operand, to long ones.
    private static func joinedRows(
        _ kernel: kc_binary_function, _ shape: kc_broadcast_shape,
        _ a: UnsafePointer<Float>, _ b: UnsafePointer<Float>,
        _ output: UnsafeMutablePointer<Float>
    ) {
        let count = shape.count
        let repeats =
            shape.a_row == 0 && shape.b_row == count
            ? a : shape.b_row == 0 && shape.a_row == count ? b : nil
        let join = 256 / max(count, 1)
        guard let repeats, shape.a_step == 1, shape.b_step == 1, count < 48, shape.rows > join
        else { return kc_binary(kernel, shape, a, b, output) }
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
            kc_binary(
                kernel, wide, isLeft ? UnsafePointer(pattern) : a,
                isLeft ? b : UnsafePointer(pattern), output)
            kc_binary(
                kernel, rest, isLeft ? a : a + done, isLeft ? b + done : b, output + done)
        }
    }
}

extension BinaryFunction {
    /// The vectorized kernel of the function.
    fileprivate var kernel: kc_binary_function {
        switch self {
        case .add: kc_add
        case .subtract: kc_subtract
        case .multiply: kc_multiply
        case .divide: kc_divide
        case .maximum: kc_maximum
        case .minimum: kc_minimum
        case .squaredDifference: kc_squared_difference
        case .power: kc_power
        case .floorDivide: kc_floor_divide
        case .floorModulo: kc_floor_modulo
        }
    }
}
