import Kernels
import Tensors

/// Two operands of bits, which broadcast.
private struct BitPair: Sendable {
    let a: Operand
    let b: Operand
    let loop: BroadcastLoop
    let y: Operand

    func kernel<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(
        _ join: @escaping @Sendable (Element, Element) -> Element
    ) -> PreparedOperator {
        PreparedOperator(y) { [a, b, loop, y] context in
            ReferenceKernels.bits(
                loop, context.elements(a), context.elements(b), output: context.output(y), join)
        }
    }
}

extension OperatorPreparation {
    /// BITWISE_XOR of integers or bools, which broadcast.
    func bitwiseXor() throws -> PreparedOperator {
        let pair = try bitPair()
        switch pair.a.elementSize {
        case 1: return pair.kernel { (a: UInt8, b: UInt8) in a ^ b }
        case 2: return pair.kernel { (a: UInt16, b: UInt16) in a ^ b }
        case 4: return pair.kernel { (a: UInt32, b: UInt32) in a ^ b }
        default: return pair.kernel { (a: UInt64, b: UInt64) in a ^ b }
        }
    }

    /// RIGHT_SHIFT of integers, which broadcast; the sign is kept, a distance beyond the type counts as its largest.
    func rightShift() throws -> PreparedOperator {
        let pair = try bitPair()
        func kernel<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(_: Element.Type)
            -> PreparedOperator
        {
            pair.kernel { (x: Element, distance: Element) in
                x >> Swift.min(Swift.max(distance, 0), Element(Element.bitWidth - 1))
            }
        }
        switch pair.a.dtype {
        case .int8: return kernel(Int8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .uint8: return kernel(UInt8.self)
        case .uint16: return kernel(UInt16.self)
        case .uint32: return kernel(UInt32.self)
        default: throw unsupported(pair.a.dtype)
        }
    }

    private func bitPair() throws -> BitPair {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("its inputs have different types") }
        guard a.dtype.isInteger || a.dtype == .bool else { throw unsupported(a.dtype) }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        return BitPair(a: a, b: b, loop: loop, y: try output(0, a.dtype, loop.shape))
    }
}
