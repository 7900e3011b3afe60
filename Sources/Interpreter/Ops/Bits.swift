import Kernels
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// BITCAST: the bytes of x as elements of the type that the output declares.
    ///
    /// Wider elements take up the last axis, narrower ones add one.
    mutating func bitcast() throws -> Kernel {
        let x = try plainInput(0)
        guard let type = declaredType(0), type.byteCount > 0, x.elementSize > 0 else {
            throw unsupported("elements of another type")
        }
        var dims = x.shape.dims
        if type.byteCount > x.elementSize {
            guard dims.last == type.byteCount / x.elementSize else {
                throw malformed("\(x.shape) of \(x.dtype.rawValue) as \(type.rawValue)")
            }
            dims.removeLast()
        } else if type.byteCount < x.elementSize {
            dims.append(x.elementSize / type.byteCount)
        }
        let y = try output(0, type, Shape(dims))
        return { frame in
            frame.output(y).copyMemory(from: frame.bytes(x), byteCount: x.count * x.elementSize)
        }
    }

    /// BITWISE_XOR of integers or bools, which broadcast.
    mutating func bitwiseXor() throws -> Kernel {
        let (a, b, loop, y) = try bitOperands()
        func kernel<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(_: Element.Type)
            -> Kernel
        {
            { frame in
                ReferenceKernels.bits(
                    loop, frame.elements(a, Element.self), frame.elements(b),
                    output: frame.output(y)
                ) { $0 ^ $1 }
            }
        }
        switch a.elementSize {
        case 1: return kernel(UInt8.self)
        case 2: return kernel(UInt16.self)
        case 4: return kernel(UInt32.self)
        default: return kernel(UInt64.self)
        }
    }

    /// RIGHT_SHIFT of integers, which broadcast; the sign is kept, a distance beyond the type counts as its largest.
    mutating func rightShift() throws -> Kernel {
        let (a, b, loop, y) = try bitOperands()
        func kernel<Element: FixedWidthInteger & BitwiseCopyable & Sendable>(_: Element.Type)
            -> Kernel
        {
            { frame in
                ReferenceKernels.bits(
                    loop, frame.elements(a, Element.self), frame.elements(b),
                    output: frame.output(y)
                ) { $0 >> Swift.min(Swift.max($1, 0), Element(Element.bitWidth - 1)) }
            }
        }
        switch a.dtype {
        case .int8: return kernel(Int8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .uint8: return kernel(UInt8.self)
        case .uint16: return kernel(UInt16.self)
        case .uint32: return kernel(UInt32.self)
        default: throw unsupported(a.dtype)
        }
    }

    private mutating func bitOperands() throws -> (Operand, Operand, BroadcastLoop, Operand) {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("inputs of different types") }
        guard a.dtype.isInteger || a.dtype == .bool else { throw unsupported(a.dtype) }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        return (a, b, loop, try output(0, a.dtype, loop.shape))
    }
}
