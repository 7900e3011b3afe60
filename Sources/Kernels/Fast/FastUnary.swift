import CKernels

extension FastKernels {
    /// Applies a function to `count` floats.
    ///
    /// `output` may be `input`.
    ///
    /// Vectorized functions are within 1e-6 of the result's size; the others run as in the reference.
    package static func unary(
        _ function: UnaryFunction, count: Int, input: UnsafePointer<Float>,
        output: UnsafeMutablePointer<Float>, threads: Int = 1
    ) {
        Parallel.forEachPart(of: count, threads: threads, grain: 16384) { part in
            let (source, target) = (input + part.lowerBound, output + part.lowerBound)
            guard let vectorized = function.vectorized else {
                return ReferenceKernels.unary(
                    function, count: part.count, input: source, output: target)
            }
            let (kernel, a, b) = vectorized
            kernels_unary(kernel, a, b, part.count, source, target)
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
    /// The vectorized kernel of the function with its parameters, if there is one.
    fileprivate var vectorized: (kernels_unary_function, a: Float, b: Float)? {
        switch self {
        case .absolute: (kernels_abs, 0, 0)
        case .negative: (kernels_neg, 0, 0)
        case .square: (kernels_square, 0, 0)
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
        default: nil
        }
    }
}
