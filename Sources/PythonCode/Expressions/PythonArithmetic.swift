/// Arithmetic on plain values as Python does it, with integers of 64 bits.
package enum PythonArithmetic {
    /// x∘y; nil if Python raises an exception or the result needs more than 64 bits.
    package static func binary(
        _ kind: PythonExpression.BinaryOperator, _ x: PythonConstant, _ y: PythonConstant
    ) -> PythonConstant? {
        if let a = x.integer, let b = y.integer { return integers(kind, a, b) }
        if case .string(let a) = x, case .string(let b) = y {
            return kind == .add && a.utf8.count + b.utf8.count < 4096 ? .string(a + b) : nil
        }
        guard let a = x.number, let b = y.number else { return nil }
        return floats(kind, a, b).map { .float($0) }
    }

    private static func integers(
        _ kind: PythonExpression.BinaryOperator, _ a: Int, _ b: Int
    ) -> PythonConstant? {
        func checked(_ result: (partialValue: Int, overflow: Bool)) -> PythonConstant? {
            result.overflow ? nil : .integer(result.partialValue)
        }
        switch kind {
        case .add: return checked(a.addingReportingOverflow(b))
        case .subtract: return checked(a.subtractingReportingOverflow(b))
        case .multiply: return checked(a.multipliedReportingOverflow(by: b))
        case .divide: return b == 0 ? nil : .float(Double(a) / Double(b))
        case .floorDivide, .remainder:
            guard b != 0, !(a == Int.min && b == -1) else { return nil }
            let (quotient, remainder) = a.quotientAndRemainder(dividingBy: b)
            let isRoundedUp = remainder != 0 && (remainder < 0) != (b < 0)
            if kind == .floorDivide { return .integer(isRoundedUp ? quotient - 1 : quotient) }
            return .integer(isRoundedUp ? remainder + b : remainder)
        case .power:
            guard b >= 0 else { return floats(.power, Double(a), Double(b)).map { .float($0) } }
            return power(a, b).map { .integer($0) }
        case .and: return .integer(a & b)
        case .or: return .integer(a | b)
        case .exclusiveOr: return .integer(a ^ b)
        case .shiftLeft:
            guard b >= 0, b < 63, (a << b) >> b == a else { return nil }
            return .integer(a << b)
        case .shiftRight: return b < 0 ? nil : .integer(a >> b)
        case .matrixMultiply: return nil
        }
    }

    private static func power(_ base: Int, _ exponent: Int) -> Int? {
        guard base.magnitude > 1, exponent > 0 else {
            return exponent == 0 || base == -1 && exponent.isMultiple(of: 2) ? 1 : base
        }
        var result = 1
        for _ in 0..<min(exponent, 64) {
            let (product, overflow) = result.multipliedReportingOverflow(by: base)
            guard !overflow else { return nil }
            result = product
        }
        return exponent > 64 ? nil : result
    }

    private static func floats(
        _ kind: PythonExpression.BinaryOperator, _ a: Double, _ b: Double
    ) -> Double? {
        switch kind {
        case .add: return a + b
        case .subtract: return a - b
        case .multiply: return a * b
        case .divide: return b == 0 ? nil : a / b
        case .floorDivide: return b == 0 ? nil : (a / b).rounded(.down)
        case .remainder:
            guard b != 0 else { return nil }
            let remainder = a.truncatingRemainder(dividingBy: b)
            return remainder != 0 && (remainder < 0) != (b < 0) ? remainder + b : remainder
        case .power: return power(a, b)
        default: return nil
        }
    }

    /// Powers with whole and half exponents, which need no library.
    private static func power(_ base: Double, _ exponent: Double) -> Double? {
        let doubled = exponent * 2
        guard doubled.rounded() == doubled, doubled.magnitude <= 128 else { return nil }
        let isHalf = doubled.truncatingRemainder(dividingBy: 2) != 0
        guard !isHalf || base >= 0, base != 0 || exponent >= 0 else { return nil }
        var result = isHalf ? base.squareRoot() : 1
        for _ in 0..<Int(exponent.magnitude) { result *= base }
        return exponent < 0 ? 1 / result : result
    }

    /// The operator on one value; nil if it has no plain result.
    package static func unary(
        _ kind: PythonExpression.UnaryOperator, _ x: PythonConstant
    ) -> PythonConstant? {
        if kind == .not { return .boolean(!x.isTrue) }
        if let value = x.integer {
            switch kind {
            case .negative: return value == Int.min ? nil : .integer(-value)
            case .invert: return .integer(~value)
            default: return .integer(value)
            }
        }
        guard case .float(let value) = x, kind != .invert else { return nil }
        return .float(kind == .negative ? -value : value)
    }

    /// Whether a comparison holds; nil if it has no plain result.
    package static func comparison(
        _ kind: PythonExpression.Comparison, _ x: PythonConstant, _ y: PythonConstant
    ) -> Bool? {
        switch kind {
        case .isSame, .equal: return equal(x, y, isStrict: kind == .isSame)
        case .isNotSame, .notEqual: return !equal(x, y, isStrict: kind == .isNotSame)
        case .isIn, .isNotIn: return nil
        default: break
        }
        if case .string(let a) = x, case .string(let b) = y { return order(kind, a, b) }
        guard let a = x.number, let b = y.number else { return nil }
        return order(kind, a, b)
    }

    private static func order<T: Comparable>(
        _ kind: PythonExpression.Comparison, _ a: T, _ b: T
    ) -> Bool {
        switch kind {
        case .less: a < b
        case .lessOrEqual: a <= b
        case .greater: a > b
        default: a >= b
        }
    }

    private static func equal(_ x: PythonConstant, _ y: PythonConstant, isStrict: Bool) -> Bool {
        if isStrict { return x == y }
        if let a = x.number, let b = y.number { return a == b }
        return x == y
    }

    /// The positions that a slice of `count` elements selects, in order; nil for a step of zero.
    package static func indices(
        _ start: Int?, _ stop: Int?, _ step: Int, count: Int
    ) -> [Int]? {
        guard step != 0 else { return nil }
        let isForward = step > 0
        func clamped(_ bound: Int) -> Int {
            let place = bound < 0 ? bound.addingReportingOverflow(count).partialValue : bound
            return isForward ? min(max(place, 0), count) : min(max(place, -1), count - 1)
        }
        let first = start.map(clamped) ?? (isForward ? 0 : count - 1)
        let last = stop.map(clamped) ?? (isForward ? count : -1)
        let bounded = max(-count - 1, min(step, count + 1))
        return Array(stride(from: first, to: last, by: bounded))
    }
}
