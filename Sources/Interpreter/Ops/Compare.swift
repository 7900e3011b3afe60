import Kernels
import TFLiteFormat
import Tensors

/// A function of two bools.
enum LogicalFunction {
    case and, or
}

extension OperatorPreparation {
    /// EQUAL, NOT_EQUAL, LESS, LESS_EQUAL, GREATER and GREATER_EQUAL; the inputs broadcast.
    mutating func compare(_ comparison: Comparison) throws -> Kernel {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("inputs of different types") }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .bool, loop.shape)
        func kernel<Element: Comparable & BitwiseCopyable & Sendable>(
            _: Element.Type
        ) -> Kernel {
            { frame in
                ReferenceKernels.compare(
                    comparison, loop, frame.elements(a, Element.self), frame.elements(b),
                    output: frame.output(y))
            }
        }
        switch a.dtype {
        case .float32: return kernel(Float.self)
        case .int8: return kernel(Int8.self)
        case .int16: return kernel(Int16.self)
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        case .uint8, .bool: return kernel(UInt8.self)
        default: throw unsupported(a.dtype)
        }
    }

    /// LOGICAL_AND and LOGICAL_OR of bools, which broadcast.
    mutating func logical(_ function: LogicalFunction) throws -> Kernel {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == .bool, b.dtype == .bool else { throw unsupported(a.dtype) }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .bool, loop.shape)
        switch function {
        case .and:
            return { frame in
                ReferenceKernels.logicalAnd(
                    loop, frame.elements(a), frame.elements(b), output: frame.output(y))
            }
        case .or:
            return { frame in
                ReferenceKernels.logicalOr(
                    loop, frame.elements(a), frame.elements(b), output: frame.output(y))
            }
        }
    }
}
