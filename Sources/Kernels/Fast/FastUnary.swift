import CKernels

extension FastKernels {
    /// Applies a function to `count` floats.
    ///
    /// `output` may be `input`.
    ///
    /// The results are within 1e-6 of their size.
    package static func unary(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        let (kernel, a, b) = function.kernel
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            kernels_unary(
                kernel, a, b, part.count, input + part.lowerBound, output + part.lowerBound)
        }
    }

    /// `x·sigmoid(x)` of `count` floats; `output` may be `input`.
    package static func swish(
        count: Int, input: UnsafePointer<Float>, output: UnsafeMutablePointer<Float>,
        threads: Int = 1
    ) {
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            kernels_unary(
                kernels_swish, 0, 0, part.count, input + part.lowerBound,
                output + part.lowerBound)
        }
    }
}

extension UnaryFunction {
    /// The vectorized kernel of the function with its parameters.
    fileprivate var kernel: (kernels_unary_function, a: Float, b: Float) {
        switch self {
        case .absolute: (kernels_abs, 0, 0)
        case .negative: (kernels_neg, 0, 0)
        case .sign: (kernels_sign, 0, 0)
        case .square: (kernels_square, 0, 0)
        case .squareRoot: (kernels_sqrt, 0, 0)
        case .reciprocalSquareRoot: (kernels_rsqrt, 0, 0)
        case .logarithm: (kernels_log, 0, 0)
        case .sine: (kernels_sin, 0, 0)
        case .cosine: (kernels_cos, 0, 0)
        case .floor: (kernels_floor, 0, 0)
        case .ceiling: (kernels_ceil, 0, 0)
        case .round: (kernels_round, 0, 0)
        case .exponential: (kernels_exp, 0, 0)
        case .tanh: (kernels_tanh, 0, 0)
        case .sigmoid: (kernels_sigmoid, 0, 0)
        case .relu: (kernels_clamp, 0, .infinity)
        case .relu6: (kernels_clamp, 0, 6)
        case .reluN1To1: (kernels_clamp, -1, 1)
        case .relu0To1: (kernels_clamp, 0, 1)
        case .elu: (kernels_elu, 0, 0)
        case .leakyRelu(let alpha): (kernels_leaky_relu, alpha, 0)
        case .hardSwish: (kernels_hard_swish, 0, 0)
        case .gelu(approximate: false): (kernels_gelu, 0, 0)
        case .gelu(approximate: true): (kernels_gelu_approximate, 0, 0)
        }
    }
}
