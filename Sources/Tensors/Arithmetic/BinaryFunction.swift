/// A function of two numbers of one type.
///
/// For floats NaN in either operand gives NaN, also in `maximum` and `minimum`. Integer arithmetic
/// wraps; integer division and modulo by zero give 0, a negative integer power gives 0 except of ±1.
package enum BinaryFunction: Sendable, Hashable, CaseIterable {
    case add, subtract, multiply
    /// Integers truncate toward zero.
    case divide
    case maximum, minimum, power
    /// `(a − b)²`.
    case squaredDifference
    /// `floor(a / b)`.
    case floorDivide
    /// `a − b·floor(a / b)`: the sign of `b`.
    case floorModulo
}

/// A comparison of two numbers; NaN is unequal to everything.
package enum Comparison: Sendable, Hashable, CaseIterable {
    case equal, notEqual, less, lessEqual, greater, greaterEqual
}

/// A way of joining many numbers into one.
package enum Reduction: Sendable, Hashable, CaseIterable {
    /// `mean` of integers truncates toward zero; `maximum` and `minimum` of floats propagate NaN.
    case sum, mean, maximum, minimum, product
}

/// A way of joining many booleans into one.
package enum BooleanReduction: Sendable, Hashable, CaseIterable {
    case any, all
}
