import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// ADD, SUB, MUL and DIV with the clamp of their options.
    mutating func fusedBinary() throws -> Kernel {
        let function: BinaryFunction =
            switch code.builtin {
            case .add: .add
            case .sub: .subtract
            case .mul: .multiply
            default: .divide
            }
        return try binary(function, fusedActivation.clamp)
    }

    /// A function of the elements of two inputs, which broadcast.
    mutating func binary(
        _ function: BinaryFunction, _ activation: Clamp = .none
    ) throws -> Kernel {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("inputs of different types") }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, a.dtype, loop.shape)
        sharing = .inPlace([a, b].filter { $0.shape == loop.shape }.map(\.tensor))
        switch a.dtype {
        case .float32: return floatBinary(function, activation, loop, a, b, y)
        case .int8: return integerBinary(function, activation, loop, a, b, y, Int8.self)
        case .int16: return integerBinary(function, activation, loop, a, b, y, Int16.self)
        case .int32: return integerBinary(function, activation, loop, a, b, y, Int32.self)
        case .int64: return integerBinary(function, activation, loop, a, b, y, Int64.self)
        case .uint8: return integerBinary(function, activation, loop, a, b, y, UInt8.self)
        case .uint32: return integerBinary(function, activation, loop, a, b, y, UInt32.self)
        case .complex64 where function == .multiply: return complexProduct(loop, a, b, y)
        default: throw unsupported(a.dtype)
        }
    }

    private func floatBinary(
        _ function: BinaryFunction, _ activation: Clamp, _ loop: BroadcastLoop,
        _ a: Operand, _ b: Operand, _ y: Operand
    ) -> Kernel {
        return { frame in
            FastKernels.binary(
                function, loop, frame.floats(a), frame.floats(b), activation: activation,
                output: frame.floatOutput(y), threads: frame.threads)
        }
    }

    /// Products of pairs of a real and an imaginary part.
    private func complexProduct(
        _ loop: BroadcastLoop, _ a: Operand, _ b: Operand, _ y: Operand
    ) -> Kernel {
        return { frame in
            ReferenceKernels.complexProduct(
                loop, frame.elements(a), frame.elements(b), output: frame.output(y))
        }
    }

    private func integerBinary<Element: ArithmeticElement & FixedWidthInteger>(
        _ function: BinaryFunction, _ activation: Clamp, _ loop: BroadcastLoop,
        _ a: Operand, _ b: Operand, _ y: Operand, _: Element.Type
    ) -> Kernel {
        let lower = Element(clampingValue: Double(activation.lower))
        let upper = Element(clampingValue: Double(activation.upper))
        return { frame in
            FastKernels.binary(
                function, loop, frame.elements(a, Element.self), frame.elements(b),
                within: lower...upper, output: frame.output(y))
        }
    }
}
