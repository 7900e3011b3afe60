import Foundations
import Tensors

/// A type that the element-wise and reducing kernels compute with.
package protocol ArithmeticElement: Comparable, BitwiseCopyable, Sendable {
    /// The value of a binary function.
    static func apply(_ function: BinaryFunction, _ a: Self, _ b: Self) -> Self
    /// Joins `values`; the neutral element of the reduction without any, NaN or 0 for `mean`.
    static func reduce(_ reduction: Reduction, _ values: some Sequence<Self>) -> Self
    /// `a + b`, wrapping for integers.
    static func sum(_ a: Self, _ b: Self) -> Self
    /// The neutral element of addition.
    static var zero: Self { get }
}

extension Float: ArithmeticElement {
    package static func sum(_ a: Float, _ b: Float) -> Float { a + b }

    package static func apply(_ function: BinaryFunction, _ a: Float, _ b: Float) -> Float {
        switch function {
        case .add: a + b
        case .subtract: a - b
        case .multiply: a * b
        case .divide: a / b
        case .maximum: a > b || a.isNaN ? a : b
        case .minimum: a < b || a.isNaN ? a : b
        case .power: Float(pow(Double(a), Double(b)))
        case .squaredDifference: Float((Double(a) - Double(b)) * (Double(a) - Double(b)))
        case .floorDivide: Float((Double(a) / Double(b)).rounded(.down))
        case .floorModulo: floorModulo(a, b)
        }
    }

    private static func floorModulo(_ a: Float, _ b: Float) -> Float {
        let remainder = fmodf(a, b)
        return remainder != 0 && (b < 0) != (remainder < 0) ? remainder + b : remainder
    }

    package static func reduce(_ reduction: Reduction, _ values: some Sequence<Float>) -> Float {
        switch reduction {
        case .sum: return Float(values.reduce(0.0) { $0 + Double($1) })
        case .product: return Float(values.reduce(1.0) { $0 * Double($1) })
        case .maximum: return values.reduce(-.infinity) { apply(.maximum, $0, $1) }
        case .minimum: return values.reduce(.infinity) { apply(.minimum, $0, $1) }
        case .mean:
            var (sum, count) = (0.0, 0.0)
            for value in values {
                sum += Double(value)
                count += 1
            }
            return Float(sum / count)
        }
    }
}

extension ArithmeticElement where Self: FixedWidthInteger {
    package static func sum(_ a: Self, _ b: Self) -> Self { a &+ b }

    package static func apply(_ function: BinaryFunction, _ a: Self, _ b: Self) -> Self {
        switch function {
        case .add: a &+ b
        case .subtract: a &- b
        case .multiply: a &* b
        case .divide: b == 0 ? 0 : a.dividedReportingOverflow(by: b).partialValue
        case .maximum: Swift.max(a, b)
        case .minimum: Swift.min(a, b)
        case .power: power(a, b)
        case .squaredDifference: (a &- b) &* (a &- b)
        case .floorDivide: floorDivide(a, b)
        case .floorModulo: b == 0 ? 0 : a &- b &* floorDivide(a, b)
        }
    }

    private static func floorDivide(_ a: Self, _ b: Self) -> Self {
        guard b != 0 else { return 0 }
        let quotient = a.dividedReportingOverflow(by: b).partialValue
        return (a < 0) != (b < 0) && quotient &* b != a ? quotient &- 1 : quotient
    }

    private static func power(_ a: Self, _ b: Self) -> Self {
        if b < 0 {
            if a == 1 { return 1 }
            guard a &+ 1 == 0 else { return 0 }
            return b & 1 == 0 ? 1 : a
        }
        var (result, base, exponent) = (Self(1), a, b)
        while exponent > 0 {
            if exponent & 1 == 1 { result = result &* base }
            base = base &* base
            exponent >>= 1
        }
        return result
    }

    package static func reduce(_ reduction: Reduction, _ values: some Sequence<Self>) -> Self {
        switch reduction {
        case .sum: return values.reduce(0, &+)
        case .product: return values.reduce(1, &*)
        case .maximum: return values.reduce(.min) { Swift.max($0, $1) }
        case .minimum: return values.reduce(.max) { Swift.min($0, $1) }
        case .mean:
            var (sum, count) = (Int64(0), Int64(0))
            for value in values {
                sum &+= Int64(truncatingIfNeeded: value)
                count += 1
            }
            return count == 0 ? 0 : Self(truncatingIfNeeded: sum / count)
        }
    }
}

extension Int8: ArithmeticElement {}
extension Int16: ArithmeticElement {}
extension Int32: ArithmeticElement {}
extension Int64: ArithmeticElement {}
extension UInt8: ArithmeticElement {}
extension UInt32: ArithmeticElement {}
