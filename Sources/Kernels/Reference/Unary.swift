import Foundations

extension ReferenceKernels {
    /// Applies a function to `count` floats.
    ///
    /// `output` may be `input`.
    package static func unary(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>
    ) {
        for index in 0..<count { output[index] = Float(function.value(at: Double(input[index]))) }
    }

    /// Applies a function to `count` integers, wrapping; false where it has no integer form.
    ///
    /// Absolute, negative, sign, square, the roundings and the piecewise constant-slope relus have one.
    package static func unary<Element: FixedWidthInteger & SignedInteger>(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Element>,
        output: UnsafeMutablePointer<Element>
    ) -> Bool {
        for index in 0..<count {
            let x = input[index]
            switch function {
            case .absolute: output[index] = x < 0 ? 0 &- x : x
            case .negative: output[index] = 0 &- x
            case .sign: output[index] = x.signum()
            case .square: output[index] = x &* x
            case .floor, .ceiling, .round: output[index] = x
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
        case .absolute: abs(x)
        case .negative: -x
        case .sign: x > 0 ? 1 : (x < 0 ? -1 : (x == 0 ? 0 : x))
        case .square: x * x
        case .exponential: exp(x)
        case .logarithm: log(x)
        case .squareRoot: x.squareRoot()
        case .reciprocalSquareRoot: 1 / x.squareRoot()
        case .sine: sin(x)
        case .cosine: cos(x)
        case .floor: x.rounded(.down)
        case .ceiling: x.rounded(.up)
        case .round: x.rounded(.toNearestOrEven)
        default: activation(x)
        }
    }

    private func activation(_ x: Double) -> Double {
        switch self {
        case .sigmoid: 1 / (1 + exp(-x))
        case .relu: clamp(x, 0, .infinity)
        case .relu6: clamp(x, 0, 6)
        case .reluN1To1: clamp(x, -1, 1)
        case .relu0To1: clamp(x, 0, 1)
        case .elu: x < 0 ? expm1(x) : x
        case .leakyRelu(let alpha): x < 0 ? Double(alpha) * x : x
        case .hardSwish: x * clamp(x + 3, 0, 6) / 6
        case .gelu(approximate: false):
            x == -.infinity ? -0.0 : 0.5 * x * erfc(-x * 0.5.squareRoot())
        case .gelu(approximate: true): approximateGelu(x)
        default: tanhValue(x)
        }
    }

    private func tanhValue(_ x: Double) -> Double {
        Foundations.tanh(x)
    }

    private func approximateGelu(_ x: Double) -> Double {
        let inner = (2 / Double.pi).squareRoot() * (x + 0.044715 * x * x * x)
        return x == -.infinity ? -0.0 : x / (1 + exp(-2 * inner))
    }

    private func clamp(_ x: Double, _ lower: Double, _ upper: Double) -> Double {
        x < lower ? lower : (x > upper ? upper : x)
    }
}
