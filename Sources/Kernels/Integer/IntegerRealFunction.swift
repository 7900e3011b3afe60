import Foundations

/// A function of quantized elements that is computed in single precision.
package enum IntegerRealFunction: Sendable {
    case sigmoid, tanh, exp, log, rsqrt, elu, gelu, approximateGELU

    /// The function for each of 256 elements.
    package func narrow(_ scales: IntegerUnary) -> @Sendable (Int32) -> Int32? {
        switch self {
        case .log: scales.logarithm
        case .rsqrt: scales.inverseSquareRoot
        case .sigmoid, .tanh, .exp, .elu, .gelu, .approximateGELU: scales.real(value(of: self))
        }
    }

    /// The function for each of 65,536 elements by interpolation; nil if LiteRT has none.
    package func wide(_ scales: IntegerUnary) -> (@Sendable (Int32) -> Int32?)? {
        switch self {
        case .elu: return nil
        case .sigmoid:
            let table = LogisticTable(scale: scales.inputScale)
            return { table.logistic($0) }
        case .tanh:
            let table = LogisticTable(scale: scales.inputScale)
            return { table.tanh($0) }
        case .rsqrt:
            let table = interpolated(scales) { x in
                x <= 0 ? 32767 * scales.outputScale : 1 / x.squareRoot()
            }
            return { $0 < 0 ? nil : table($0) }
        case .log:
            return interpolated(scales, logarithm(least: -32768 * scales.outputScale))
        case .exp, .gelu, .approximateGELU: return interpolated(scales, value(of: self))
        }
    }

    /// A function by interpolation between 513 of its values.
    private func interpolated(
        _ scales: IntegerUnary, _ function: (Float) -> Float
    ) -> @Sendable (Int32) -> Int32? {
        let table = InterpolatedTable(
            from: scales.inputScale * -32768, to: scales.inputScale * 32767,
            outputLeast: scales.outputScale * -32768,
            outputGreatest: scales.outputScale * 32767, type: Float.self, function)
        return { Int32(table[Int16(clamping: $0)]) }
    }
}

/// The real function with a name.
private func value(of function: IntegerRealFunction) -> @Sendable (Float) -> Float {
    switch function {
    case .sigmoid: { 1 / (1 + exp(-$0)) }
    case .tanh: { tanh($0) }
    case .exp: { exp($0) }
    case .log: { log($0) }
    case .rsqrt: { 1 / $0.squareRoot() }
    case .elu: { $0 < 0 ? expm1($0) : $0 }
    case .gelu: { 0.5 * $0 * erfc($0 * -Float(0.5).squareRoot()) }
    case .approximateGELU:
        { x in
            let cubic = x + 0.044715 * x * x * x
            return 0.5 * x * (1 + tanh(0.7978845608 * cubic))
        }
    }
}

/// The logarithm, or `least` for numbers that have none.
private func logarithm(least: Float) -> (Float) -> Float {
    { $0 <= 0 ? least : log($0) }
}
