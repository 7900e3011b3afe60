import CKernels
import Tensors

extension FastKernels {
    /// Compares each pair of the broadcast of `a` and `b`, elements of one type; true is 1, false 0.
    ///
    /// False for types of numbers that are not real.
    package static func compare(
        _ comparison: Comparison, _ loop: BroadcastLoop, type: DType, _ a: UnsafeRawPointer,
        _ b: UnsafeRawPointer, output: UnsafeMutablePointer<UInt8>, threads: Int = 1
    ) -> Bool {
        let element: kernels_element
        switch type {
        case .float32: element = kernels_float32
        case .int32: element = kernels_int32
        case .int64: element = kernels_int64
        case .uint8, .bool: element = kernels_uint8
        default:
            return ReferenceKernels.compare(comparison, loop, type: type, a, b, output: output)
        }
        let (kernel, isReversed) = comparison.kernel
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            let left = a + offsets.a * type.byteCount
            let right = b + offsets.b * type.byteCount
            if isReversed {
                kernels_compare(kernel, element, shape.reversed, right, left, output + first)
            } else {
                kernels_compare(kernel, element, shape, left, right, output + first)
            }
        }
        return true
    }

    /// Logical and of the broadcast of two boolean operands.
    package static func logicalAnd(
        _ loop: BroadcastLoop, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>, threads: Int = 1
    ) {
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            kernels_compare(
                kernels_both, kernels_bool, shape, a + offsets.a, b + offsets.b, output + first)
        }
    }

    /// Logical or of the broadcast of two boolean operands.
    package static func logicalOr(
        _ loop: BroadcastLoop, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>, threads: Int = 1
    ) {
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            kernels_compare(
                kernels_either, kernels_bool, shape, a + offsets.a, b + offsets.b, output + first)
        }
    }

    /// `condition ? a : b` over the broadcast of (a, b, condition), for elements of 1, 2, 4 or 8 bytes.
    package static func select(
        _ loop: BroadcastLoop, elementSize: Int, a: UnsafeRawPointer, b: UnsafeRawPointer,
        condition: UnsafePointer<UInt8>, output: UnsafeMutableRawPointer, threads: Int = 1
    ) {
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            kernels_select(
                elementSize, shape, condition + offsets.c, a + offsets.a * elementSize,
                b + offsets.b * elementSize, output + first * elementSize)
        }
    }
}

extension Comparison {
    /// The kernel of the comparison and whether its operands change places.
    fileprivate var kernel: (kernels_comparison, isReversed: Bool) {
        switch self {
        case .equal: (kernels_equal, false)
        case .notEqual: (kernels_not_equal, false)
        case .less: (kernels_less, false)
        case .lessEqual: (kernels_less_or_equal, false)
        case .greater: (kernels_less, true)
        case .greaterEqual: (kernels_less_or_equal, true)
        }
    }
}

extension kernels_broadcast_shape {
    /// The shape with the first two operands in each other's place.
    fileprivate var reversed: kernels_broadcast_shape {
        var reversed = self
        (reversed.a_row, reversed.b_row) = (b_row, a_row)
        (reversed.a_step, reversed.b_step) = (b_step, a_step)
        return reversed
    }
}
