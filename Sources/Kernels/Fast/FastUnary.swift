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
        apply(kernels_leaky_relu, alpha, 0, count, input, output, threads)
    }

    /// `x·Φ(x)`, or `x/2·(1 + tanh(√(2/π)·(x + 0.044715·x³)))` if approximate; `output` may be `input`.
    package static func gelu(
        approximate: Bool, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let kernel = approximate ? kernels_gelu_approximate : kernels_gelu
        apply(kernel, 0, 0, count, input, output, threads)
    }

    /// `x·sigmoid(x)` of `count` floats; `output` may be `input`.
    package static func swish(
        count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        apply(kernels_swish, 0, 0, count, input, output, threads)
    }

    private static func apply(
        _ kernel: kernels_unary_function, _ a: Float, _ b: Float, _ count: Int,
        _ input: UnsafePointer<Float>, _ output: UnsafeMutablePointer<Float>, _ threads: Int
    ) {
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            kernels_unary(
                kernel, a, b, part.count, input + part.lowerBound, output + part.lowerBound)
        }
    }
}

extension UnaryFunction {
    /// The vectorized kernel of the function with its parameters; nil if there is none.
    fileprivate var kernel: (kernels_unary_function, a: Float, b: Float)? {
        switch self {
        case .abs: (kernels_abs, 0, 0)
        case .neg: (kernels_neg, 0, 0)
        case .sign: (kernels_sign, 0, 0)
        case .square: (kernels_square, 0, 0)
        case .sqrt: (kernels_sqrt, 0, 0)
        case .rsqrt: (kernels_rsqrt, 0, 0)
        case .log: (kernels_log, 0, 0)
        case .sin: (kernels_sin, 0, 0)
        case .cos: (kernels_cos, 0, 0)
        case .floor: (kernels_floor, 0, 0)
        case .ceil: (kernels_ceil, 0, 0)
        case .round: (kernels_round, 0, 0)
        case .exp: (kernels_exp, 0, 0)
        case .tanh: (kernels_tanh, 0, 0)
        case .sigmoid: (kernels_sigmoid, 0, 0)
        case .relu: (kernels_clamp, 0, .infinity)
        case .relu6: (kernels_clamp, 0, 6)
        case .reluN1To1: (kernels_clamp, -1, 1)
        case .relu0To1: (kernels_clamp, 0, 1)
        case .elu: (kernels_elu, 0, 0)
        case .hardSwish: (kernels_hard_swish, 0, 0)
        case .logicalNot: nil
        }
    }
}
