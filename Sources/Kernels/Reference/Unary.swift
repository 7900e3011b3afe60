import Foundations
import Tensors

extension ReferenceKernels {
    /// Applies a function to `count` floats.
    ///
    /// `output` may be `input`.
    package static func unary(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        apply(count, input, output, function.value(at:))
    }

    /// `x` for positive `x`, `alpha·x` for others; `output` may be `input`.
    package static func leakyRelu(
        alpha: Float, count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>
    ) {
        apply(count, input, output) { $0 < 0 ? Double(alpha) * $0 : $0 }
    }

    /// `x·Φ(x)`, or `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))` if approximate; `output` may be `input`.
    package static func gelu(
        approximate: Bool, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        apply(count, input, output) { x in
            if x == -.infinity { return -0.0 }
            if !approximate { return 0.5 * x * erfc(-x * 0.5.squareRoot()) }
            let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
            return x / (1 + exp(-2 * inner))
        }
    }

    private static func apply(
        _ count: Int, _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>,
        _ body: (Double) -> Double
    ) {
        for index in 0..<count { output[index] = Float(body(Double(input[index]))) }
    }

    /// Applies a function to `count` integers, wrapping; false if it has no integer form.
    ///
    /// Absolute, negative, sign, square, the roundings and the piecewise constant-slope relus have one.
    package static func unary<Element: FixedWidthInteger & SignedInteger>(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) -> Bool {
        for index in 0..<count {
            let x = input[index]
            switch function {
            case .abs: output[index] = x < 0 ? 0 &- x : x
            case .neg: output[index] = 0 &- x
            case .sign: output[index] = x.signum()
            case .square: output[index] = x &* x
            case .floor, .ceil, .round: output[index] = x
            case .relu: output[index] = max(x, 0)
            case .relu6: output[index] = min(max(x, 0), 6)
            case .reluN1To1: output[index] = min(max(x, -1), 1)
            case .relu0To1: output[index] = min(max(x, 0), 1)
            default: return false
            }
        }
        return true
    }
}

extension UnaryFunction {
    /// The function's value in double precision; NaN gives NaN.
    package func value(at x: Double) -> Double {
        switch self {
        case .abs: Swift.abs(x)
        case .neg: -x
        case .sign: x > 0 ? 1 : (x < 0 ? -1 : (x == 0 ? 0 : x))
        case .square: x * x
        case .exp: Foundations.exp(x)
        case .log: Foundations.log(x)
        case .sqrt: x.squareRoot()
        case .rsqrt: 1 / x.squareRoot()
        case .sin: Foundations.sin(x)
        case .cos: Foundations.cos(x)
        case .floor: x.rounded(.down)
        case .ceil: x.rounded(.up)
        case .round: x.rounded(.toNearestOrEven)
        default: activation(x)
        }
    }

    private func activation(_ x: Double) -> Double {
        switch self {
        case .sigmoid: 1 / (1 + Foundations.exp(-x))
        case .relu: clamp(x, 0, .infinity)
        case .relu6: clamp(x, 0, 6)
        case .reluN1To1: clamp(x, -1, 1)
        case .relu0To1: clamp(x, 0, 1)
        case .elu: x < 0 ? expm1(x) : x
        case .hardSwish: x * clamp(x + 3, 0, 6) / 6
        case .logicalNot: x == 0 ? 1 : 0
        default: Foundations.tanh(x)
        }
    }

    private func clamp(_ x: Double, _ lower: Double, _ upper: Double) -> Double {
        x < lower ? lower : (x > upper ? upper : x)
    }
}
