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
        var slope: Float = 0
        if let options = optionalOptions(LeakyReluOptions.self) { slope = options.alpha }
        return try unary(.leakyRelu(alpha: slope))
    }

    /// GELU in the form that the options say.
    mutating func gelu() throws -> Kernel {
        var isApproximate = false
        if let options = optionalOptions(GeluOptions.self) { isApproximate = options.isApproximate }
        return try unary(.gelu(approximate: isApproximate))
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
