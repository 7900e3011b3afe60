/// Plain kernels on integers that stand for real numbers, with the rounding of LiteRT's reference kernels.
///
/// Sums of 8-bit products wrap at 32 bits, as they do in the runtime.
package enum IntegerKernels {}

/// An integer type that quantized activations can have.
package protocol QuantizedElement: FixedWidthInteger, BitwiseCopyable, Sendable {}

extension Int8: QuantizedElement {}
extension UInt8: QuantizedElement {}
extension Int16: QuantizedElement {}

/// The elements of an operand and the integer that stands for 0.
package struct IntegerOperand<Element: FixedWidthInteger> {
    package let elements: UnsafePointer<Element>
    package let zeroPoint: Int32

    package init(_ elements: UnsafePointer<Element>, zeroPoint: Int32) {
        self.elements = elements
        self.zeroPoint = zeroPoint
    }

    /// The same operand, from another element on.
    package func advanced(by count: Int) -> IntegerOperand {
        IntegerOperand(elements + count, zeroPoint: zeroPoint)
    }

    /// The difference of an element and the zero point.
    @inline(__always)
    package subscript(index: Int) -> Int32 {
        Int32(truncatingIfNeeded: elements[index]) &- zeroPoint
    }
}

extension IntegerKernels {
    /// The inner product of `count` neighbours of each operand.
    @inline(__always)
    static func dot<X: FixedWidthInteger, W: FixedWidthInteger>(
        _ x: IntegerOperand<X>, _ w: IntegerOperand<W>, count: Int
    ) -> Int64 {
        var sum: Int64 = 0
        for index in 0..<count { sum &+= Int64(x[index] &* w[index]) }
        return sum
    }
}
