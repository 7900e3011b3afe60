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
        let element: kc_element
        switch type {
        case .float32: element = kc_float32
        case .int32: element = kc_int32
        case .int64: element = kc_int64
        case .uint8, .bool: element = kc_uint8
        default:
            return ReferenceKernels.compare(comparison, loop, type: type, a, b, output: output)
        }
        let (kernel, isReversed) = comparison.kernel
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            let left = a + offsets.a * type.byteCount
            let right = b + offsets.b * type.byteCount
            if isReversed {
                kc_compare(kernel, element, shape.reversed, right, left, output + first)
            } else {
                kc_compare(kernel, element, shape, left, right, output + first)
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
            kc_compare(
                kc_both, kc_bool, shape, a + offsets.a, b + offsets.b, output + first)
        }
    }

    /// Logical or of the broadcast of two boolean operands.
    package static func logicalOr(
        _ loop: BroadcastLoop, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>, threads: Int = 1
    ) {
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            kc_compare(
                kc_either, kc_bool, shape, a + offsets.a, b + offsets.b, output + first)
        }
    }

    /// `condition ? a : b` over the broadcast of (a, b, condition), for elements of 1, 2, 4 or 8 bytes.
    package static func select(
        _ loop: BroadcastLoop, elementSize: Int, a: UnsafeRawPointer, b: UnsafeRawPointer,
        condition: UnsafePointer<UInt8>, output: UnsafeMutableRawPointer, threads: Int = 1
    ) {
        loop.forEachBlock(threads: threads) { shape, offsets, first in
            kc_select(
                elementSize, shape, condition + offsets.c, a + offsets.a * elementSize,
                b + offsets.b * elementSize, output + first * elementSize)
        }
    }
}

extension Comparison {
    /// The kernel of the comparison and whether its operands change places.
    fileprivate var kernel: (kc_comparison, isReversed: Bool) {
        switch self {
        case .equal: (kc_equal, false)
        case .notEqual: (kc_not_equal, false)
        case .less: (kc_less, false)
        case .lessEqual: (kc_less_or_equal, false)
        case .greater: (kc_less, true)
        case .greaterEqual: (kc_less_or_equal, true)
        }
    }
}

extension kc_broadcast_shape {
    /// The shape with the first two operands in each other's place.
    fileprivate var reversed: kc_broadcast_shape {
        var reversed = self
        (reversed.a_row, reversed.b_row) = (b_row, a_row)
        (reversed.a_step, reversed.b_step) = (b_step, a_step)
        return reversed
    }
}
