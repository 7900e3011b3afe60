import TFLiteFormat

extension OperatorPreparation {
    /// DYNAMIC_UPDATE_SLICE: x with another tensor from a computed position on, moved inside if it reaches out.
    func dynamicUpdateSlice() throws -> PreparedOperator {
        let (x, update, start) = (try plainInput(0), try plainInput(1), try plainInput(2))
        let rank = x.shape.rank
        guard update.dtype == x.dtype, update.shape.rank == rank, rank > 0,
            start.dtype == .int32, start.count == rank,
            zip(update.shape.dims, x.shape.dims).allSatisfy({ $0 <= $1 })
        else { throw malformed("an update \(update.shape) of \(x.shape)") }
        let y = try output(0, x.dtype, x.shape)
        let (whole, part) = (x.shape.dims, update.shape.dims)
        let run = part[rank - 1] * x.elementSize
        return PreparedOperator(y, sharing: .inPlace([x])) { context in
            if context.bytes(x) != UnsafeRawPointer(context.output(y)) {
                context.output(y).copyMemory(
                    from: context.bytes(x), byteCount: x.byteCount)
            }
            let starts = context.elements(start, Int32.self)
            let begin = (0..<rank).map { min(max(Int(starts[$0]), 0), whole[$0] - part[$0]) }
            var index = [Int](repeating: 0, count: rank)
            for row in 0..<(run > 0 ? update.byteCount / run : 0) {
                var rest = row
                for axis in stride(from: rank - 2, through: 0, by: -1) {
                    index[axis] = rest % part[axis]
                    rest /= part[axis]
                }
                let offset = (0..<rank).reduce(0) { $0 * whole[$1] + begin[$1] + index[$1] }
                (context.output(y) + offset * x.elementSize).copyMemory(
                    from: context.bytes(update) + row * run, byteCount: run)
            }
        }
    }
}
