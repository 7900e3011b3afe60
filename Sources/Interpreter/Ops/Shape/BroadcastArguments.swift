import Tensors

extension OperatorPreparation {
    /// BROADCAST_ARGS: the shape that two shapes broadcast to.
    ///
    /// Extents that do not fit are an error of the run.
    func broadcastArguments() throws -> PreparedOperator {
        let (a, b) = (try plainInput(0), try plainInput(1))
        guard a.dtype == b.dtype else { throw malformed("its inputs have different types") }
        guard a.shape.rank == 1, b.shape.rank == 1 else {
            throw malformed("\(a.shape) and \(b.shape) are not shapes")
        }
        let rank = max(a.count, b.count)
        let y = try output(0, a.dtype, [rank])
        let different = malformed("its shapes do not fit together")
        func kernel<Extent: FixedWidthInteger & Sendable>(_: Extent.Type) -> PreparedOperator {
            PreparedOperator(y) { context in
                let (left, right) = (
                    context.elements(a, Extent.self), context.elements(b, Extent.self)
                )
                let target = context.output(y, as: Extent.self)
                for axis in 0..<rank {
                    let (i, j) = (axis - (rank - a.count), axis - (rank - b.count))
                    let (m, n) = (i < 0 ? 1 : left[i], j < 0 ? 1 : right[j])
                    guard m == n || m == 1 || n == 1 else { throw different }
                    target[axis] = m == 1 ? n : m
                }
            }
        }
        switch a.dtype {
        case .int32: return kernel(Int32.self)
        case .int64: return kernel(Int64.self)
        default: throw unsupported(a.dtype)
        }
    }
}
