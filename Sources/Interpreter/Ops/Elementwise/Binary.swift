import Kernels
import Tensors

extension OperatorPreparation {
    /// ADD, SUB, MUL and DIV with the clamp of their options.
    func fusedBinary(_ function: BinaryFunction) throws -> PreparedOperator {
        try binary(function, fusedActivation.clamp)
    }

    /// A function of the elements of two inputs, which broadcast.
    func binary(
        _ function: BinaryFunction, _ activation: Clamp = .none
    ) throws -> PreparedOperator {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("its inputs have different types") }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, a.dtype, loop.shape)
        let isProduct = function == .multiply && activation == .none
        func prepared(_ run: @escaping OperatorFunction) -> PreparedOperator {
            PreparedOperator(
                y, sharing: .inPlace([a, b].filter { $0.shape == loop.shape }),
                fusible: isProduct ? .product : nil, run: run)
        }
        func integers<Element: ArithmeticElement & FixedWidthInteger>(
            _: Element.Type
        ) -> PreparedOperator {
            let lower = Element(clampingValue: Double(activation.lower))
            let upper = Element(clampingValue: Double(activation.upper))
            return prepared { context in
                FastKernels.binary(
                    function, loop, context.elements(a, Element.self), context.elements(b),
                    within: lower...upper, output: context.output(y))
            }
        }
        switch a.dtype {
        case .float32:
            return prepared { context in
                FastKernels.binary(
                    function, loop, context.floats(a), context.floats(b), activation: activation,
                    output: context.floatOutput(y), threads: context.threads)
            }
        case .int8: return integers(Int8.self)
        case .int16: return integers(Int16.self)
        case .int32: return integers(Int32.self)
        case .int64: return integers(Int64.self)
        case .uint8: return integers(UInt8.self)
        case .uint32: return integers(UInt32.self)
        case .complex64 where function == .multiply:
            return prepared { context in
                ReferenceKernels.complexProduct(
                    loop, context.elements(a), context.elements(b), output: context.output(y))
            }
        default: throw unsupported(a.dtype)
        }
    }
}
