import Tensors

/// Functions that the graph has no operation for, by formulas whose errors are those of 32-bit floats.
extension GraphWriter {
    /// c₀ + c₁x + c₂x² + …, by Horner's rule.
    package func polynomial(_ x: ValueID, _ coefficients: [Double]) throws -> ValueID {
        var sum = try binary(.multiply, x, coefficients.last ?? 0)
        for coefficient in coefficients.dropLast().dropFirst().reversed() {
            sum = try multiply(binary(.add, sum, coefficient), x)
        }
        return try binary(.add, sum, coefficients.first ?? 0)
    }

    /// (eˣ ± e⁻ˣ) / 2.
    package func hyperbolic(_ x: ValueID, _ kind: Binary.Kind) throws -> ValueID {
        let (rising, falling) = (try unary(.exp, x), try unary(.exp, unary(.neg, x)))
        return try binary(.multiply, binary(kind, rising, falling), 0.5)
    }

    /// The error function by formula 7.1.26 of Abramowitz and Stegun: its error is below 1.5·10⁻⁷.
    package func errorFunction(_ x: ValueID) throws -> ValueID {
        let size = try unary(.abs, x)
        let denominator = try binary(.add, binary(.multiply, size, 0.3275911), 1)
        let t = try divide(scalar(1, like: x), denominator)
        let terms = try polynomial(
            t, [0, 0.254829592, -0.284496736, 1.421413741, -1.453152027, 1.061405429])
        let decay = try unary(.exp, unary(.neg, unary(.square, x)))
        let complement = try multiply(terms, decay)
        return try multiply(unary(.sign, x), subtract(scalar(1, like: x), complement))
    }

    /// The angle whose tangent is x.
    ///
    /// atan x = 2 atan(x / (1 + √(1 + x²))), twice, leads to |x| ≤ tan(π/8), where the polynomial of degree 9 of the Cephes
    /// library holds.
    package func arcTangent(_ x: ValueID) throws -> ValueID {
        var u = try binary(.minimum, binary(.maximum, x, -1e9), 1e9)
        for _ in 0..<2 {
            let root = try unary(.sqrt, binary(.add, unary(.square, u), 1))
            u = try divide(u, binary(.add, root, 1))
        }
        let series = try polynomial(
            unary(.square, u),
            [1, -0.333329491539, 0.199777106478, -0.138776856032, 0.0805374449538])
        return try binary(.multiply, multiply(u, series), 4)
    }

    /// The angle whose sine is x: that of the point (√(1 − x²), x).
    package func arcSine(_ x: ValueID) throws -> ValueID {
        let square = try unary(.square, x)
        return try binary(.arcTangent, x, unary(.sqrt, subtract(scalar(1, like: x), square)))
    }
}
