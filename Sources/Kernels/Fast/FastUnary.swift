import CKernels
import Tensors

extension FastKernels {
    /// Applies a function to `count` floats.
    ///
    /// `output` may be `input`. The results are within 1e-6 of their size.
    package static func unary(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        guard let (kernel, a, b) = function.kernel else {
            return ReferenceKernels.unary(function, count: count, input: input, output: output)
        }
        apply(kernel, a, b, count, input, output, threads)
    }

    /// `x` for positive `x`, `alpha·x` for others; `output` may be `input`.
    package static func leakyRelu(
        alpha: Float, count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        apply(kc_leaky_relu, alpha, 0, count, input, output, threads)
    }

    /// `x·Φ(x)`, or `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))` if approximate; `output` may be `input`.
    package static func gelu(
        approximate: Bool, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let kernel = approximate ? kc_gelu_approximate : kc_gelu
        apply(kernel, 0, 0, count, input, output, threads)
    }

    /// `x·sigmoid(x)` of `count` floats; `output` may be `input`.
    package static func swish(
        count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        apply(kc_swish, 0, 0, count, input, output, threads)
    }

    private static func apply(
        _ kernel: kc_unary_function, _ a: Float, _ b: Float, _ count: Int,
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ threads: Int
    ) {
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            kc_unary(
                kernel, a, b, part.count, input + part.lowerBound, output + part.lowerBound)
        }
    }
}

extension UnaryFunction {
    /// The vectorized kernel of the function with its parameters; nil if there is none.
    fileprivate var kernel: (kc_unary_function, a: Float, b: Float)? {
        switch self {
        case .abs: (kc_abs, 0, 0)
        case .neg: (kc_neg, 0, 0)
        case .sign: (kc_sign, 0, 0)
        case .square: (kc_square, 0, 0)
        case .sqrt: (kc_sqrt, 0, 0)
        case .rsqrt: (kc_rsqrt, 0, 0)
        case .log: (kc_log, 0, 0)
        case .sin: (kc_sin, 0, 0)
        case .cos: (kc_cos, 0, 0)
        case .floor: (kc_floor, 0, 0)
        case .ceil: (kc_ceil, 0, 0)
        case .round: (kc_round, 0, 0)
        case .exp: (kc_exp, 0, 0)
        case .tanh: (kc_tanh, 0, 0)
        case .sigmoid: (kc_sigmoid, 0, 0)
        case .relu: (kc_clamp, 0, .infinity)
        case .relu6: (kc_clamp, 0, 6)
        case .reluN1To1: (kc_clamp, -1, 1)
        case .relu0To1: (kc_clamp, 0, 1)
        case .elu: (kc_elu, 0, 0)
        case .hardSwish: (kc_hard_swish, 0, 0)
        case .logicalNot: nil
        }
    }
}
