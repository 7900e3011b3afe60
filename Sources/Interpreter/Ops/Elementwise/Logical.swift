import Kernels

/// A function of two bools.
enum LogicalFunction {
    case and, or
}

extension OperatorPreparation {
    /// LOGICAL_AND and LOGICAL_OR of bools, which broadcast.
    func logical(_ function: LogicalFunction) throws -> PreparedOperator {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == .bool, b.dtype == .bool else { throw unsupported(a.dtype) }
        let loop = try fitting(BroadcastLoop([a.shape, b.shape]))
        let y = try output(0, .bool, loop.shape)
        switch function {
        case .and:
            return PreparedOperator(y) { context in
                FastKernels.logicalAnd(
                    loop, context.elements(a), context.elements(b), output: context.output(y),
                    threads: context.threads)
            }
        case .or:
            return PreparedOperator(y) { context in
                FastKernels.logicalOr(
                    loop, context.elements(a), context.elements(b), output: context.output(y),
                    threads: context.threads)
            }
        }
    }
}
