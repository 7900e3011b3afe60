import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// A function of each element of floats; some also take integers.
    mutating func unary(_ function: UnaryFunction) throws -> Kernel {
        let x = try plainInput(0)
        let y = try output(0, x.dtype, x.shape)
        sharing = .inPlace([x.tensor])
        switch x.dtype {
        case .float32:
            return { frame in
                FastKernels.unary(
                    function, count: x.count, input: frame.floats(x),
                    output: frame.floatOutput(y), threads: frame.threads)
            }
        case .int32: return try integerUnary(function, x, y, Int32.self)
        case .int64: return try integerUnary(function, x, y, Int64.self)
        default: throw unsupported(x.dtype)
        }
    }

    private func integerUnary<Element: FixedWidthInteger & SignedInteger & Sendable>(
        _ function: UnaryFunction, _ x: Operand, _ y: Operand, _: Element.Type
    ) throws -> Kernel {
        var (probe, result) = (Element.zero, Element.zero)
        guard FastKernels.unary(function, count: 1, input: &probe, output: &result) else {
            throw unsupported(x.dtype)
        }
        return { frame in
            _ = FastKernels.unary(
                function, count: x.count, input: frame.elements(x, Element.self),
                output: frame.output(y))
        }
    }

    /// LEAKY_RELU with the slope of the options.
    mutating func leakyRelu() throws -> Kernel {
        let alpha = optionalOptions(LeakyReluOptions.self)?.alpha ?? 0
        return try floatFunction {
            FastKernels.leakyRelu(alpha: alpha, count: $0, input: $1, output: $2, threads: $3)
        }
    }

    /// GELU in the form that the options say.
    mutating func gelu() throws -> Kernel {
        let isApproximate = optionalOptions(GeluOptions.self)?.isApproximate ?? false
        return try floatFunction {
            FastKernels.gelu(
                approximate: isApproximate, count: $0, input: $1, output: $2, threads: $3)
        }
    }

    /// A function of each float, given the number of elements, the input, the output and the number of threads.
    private mutating func floatFunction(
        _ function:
            @escaping @Sendable (Int, UnsafePointer<Float>, UnsafeMutablePointer<Float>, Int) ->
            Void
    ) throws -> Kernel {
        let x = try floatInput(0)
        let y = try output(0, .float32, x.shape)
        sharing = .inPlace([x.tensor])
        return { frame in
            function(x.count, frame.floats(x), frame.floatOutput(y), frame.threads)
        }
    }

    /// LOGICAL_NOT of bool.
    mutating func logicalNot() throws -> Kernel {
        let x = try plainInput(0)
        guard x.dtype == .bool else { throw unsupported(x.dtype) }
        let y = try output(0, .bool, x.shape)
        return { frame in
            ReferenceKernels.logicalNot(
                count: x.count, input: frame.elements(x), output: frame.output(y))
        }
    }
}
