import Foundations
import Tensors

extension ReferenceKernels {
    /// Applies a function to each pair of the broadcast of `a` and `b`.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    package static func binary<Element: ArithmeticElement>(
        _ function: BinaryFunction, _ loop: BroadcastLoop, _ a: UnsafePointer<Element>,
        _ b: UnsafePointer<Element>, output: UnsafeMutablePointer<Element>
    ) {
        forEachPair(loop, a, b) { index, left, right in
            output[index] = Element.apply(function, left, right)
        }
    }

    /// Compares each pair of the broadcast of `a` and `b`; true is 1, false 0.
    @_specialize(where Element == Float)
    @_specialize(where Element == Int32)
    @_specialize(where Element == Int64)
    @_specialize(where Element == UInt8)
    @_specialize(where Element == Int8)
    package static func compare<Element: Comparable & BitwiseCopyable>(
        _ comparison: Comparison, _ loop: BroadcastLoop, _ a: UnsafePointer<Element>,
        _ b: UnsafePointer<Element>, output: UnsafeMutablePointer<UInt8>
    ) {
        forEachPair(loop, a, b) { index, left, right in
            let holds =
                switch comparison {
                case .equal: left == right
                case .notEqual: left != right
                case .less: left < right
                case .lessEqual: left <= right
                case .greater: left > right
                case .greaterEqual: left >= right
                }
            output[index] = holds ? 1 : 0
        }
    }

    /// Compares each pair of the broadcast of `a` and `b`, elements of one type; true is 1, false 0.
    ///
    /// False for types of numbers that are not real.
    package static func compare(
        _ comparison: Comparison, _ loop: BroadcastLoop, type: DType, _ a: UnsafeRawPointer,
        _ b: UnsafeRawPointer, output: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        func pairs<Element: Comparable & BitwiseCopyable>(of _: Element.Type) -> Bool {
            compare(
                comparison, loop, a.assumingMemoryBound(to: Element.self),
                b.assumingMemoryBound(to: Element.self), output: output)
            return true
        }
        return switch type {
        case .float32: pairs(of: Float.self)
        case .int64: pairs(of: Int64.self)
        case .int32: pairs(of: Int32.self)
        case .int16: pairs(of: Int16.self)
        case .int8: pairs(of: Int8.self)
        case .uint8, .bool: pairs(of: UInt8.self)
        default: false
        }
    }

    /// Logical and of the broadcast of two boolean operands.
    package static func logicalAnd(
        _ loop: BroadcastLoop, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>
    ) {
        forEachPair(loop, a, b) { output[$0] = $1 != 0 && $2 != 0 ? 1 : 0 }
    }

    /// Logical or of the broadcast of two boolean operands.
    package static func logicalOr(
        _ loop: BroadcastLoop, _ a: UnsafePointer<UInt8>, _ b: UnsafePointer<UInt8>,
        output: UnsafeMutablePointer<UInt8>
    ) {
        forEachPair(loop, a, b) { output[$0] = $1 != 0 || $2 != 0 ? 1 : 0 }
    }

    /// Logical not of `count` booleans.
    ///
    /// `output` may be `input`.
    package static func logicalNot(
        count: Int, input: UnsafePointer<UInt8>, output: UnsafeMutablePointer<UInt8>
    ) {
        for index in 0..<count { output[index] = input[index] == 0 ? 1 : 0 }
    }

    /// `x` where not negative, `alpha·x` elsewhere, over the broadcast of `input` and `alpha`.
    package static func prelu(
        _ loop: BroadcastLoop, input: UnsafePointer<Float>, alpha: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        forEachPair(loop, input, alpha) { output[$0] = $1 < 0 ? $2 * $1 : $1 }
    }

    /// The angle of the point (x, y) for each pair of the broadcast of `y` and `x`.
    package static func arcTangent(
        _ loop: BroadcastLoop, y: UnsafePointer<Float>, x: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        forEachPair(loop, y, x) { output[$0] = Float(atan2(Double($1), Double($2))) }
    }

    /// Applies `body` to each pair of the broadcast of two operands of bits.
    package static func bits<Element: FixedWidthInteger & BitwiseCopyable>(
        _ loop: BroadcastLoop, _ a: UnsafePointer<Element>, _ b: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>, _ body: (Element, Element) -> Element
    ) {
        forEachPair(loop, a, b) { output[$0] = body($1, $2) }
    }

    /// The product of each pair of the broadcast of complex operands, each a real and an imaginary part.
    package static func complexProduct(
        _ loop: BroadcastLoop, _ a: UnsafePointer<SIMD2<Float>>, _ b: UnsafePointer<SIMD2<Float>>,
        output: UnsafeMutablePointer<SIMD2<Float>>
    ) {
        forEachPair(loop, a, b) { index, left, right in
            output[index] = SIMD2(
                left.x * right.x - left.y * right.y, left.x * right.y + left.y * right.x)
        }
    }

    private static func forEachPair<Element: BitwiseCopyable>(
        _ loop: BroadcastLoop, _ a: UnsafePointer<Element>, _ b: UnsafePointer<Element>,
        _ body: (_ index: Int, _ left: Element, _ right: Element) -> Void
    ) {
        let (strideA, strideB) = (loop.runStride(0), loop.runStride(1))
        loop.forEachRun { first, offsets in
            let (a, b) = (a + offsets[0], b + offsets[1])
            for index in 0..<loop.runLength {
                body(first + index, a[index * strideA], b[index * strideB])
            }
        }
    }
}
