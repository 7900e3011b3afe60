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
        switch a.dtype {
        case .float32, .int8, .int16, .int32, .int64, .uint8, .bool: break
        default: throw unsupported(a.dtype)
        }
        return { frame in
            _ = FastKernels.compare(
                comparison, loop, type: a.dtype, frame.bytes(a), frame.bytes(b),
                output: frame.output(y), threads: frame.threads)
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
                FastKernels.logicalAnd(
                    loop, frame.elements(a), frame.elements(b), output: frame.output(y),
                    threads: frame.threads)
            }
        case .or:
            return { frame in
                FastKernels.logicalOr(
                    loop, frame.elements(a), frame.elements(b), output: frame.output(y),
                    threads: frame.threads)
            }
        }
    }
}
