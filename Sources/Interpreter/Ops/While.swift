import Problems
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// WHILE: the body on what it gave the round before, as long as the condition holds.
    ///
    /// Where the body changes shapes, or computes them, the operators behind are planned after the run.
    mutating func whileLoop() throws -> Kernel {
        let options = try options(WhileOptions.self)
        let values = try inputs.indices.map { try plainInput($0) }
        let shapes = values.map(\.shape)
        let condition = try subgraph(options.conditionSubgraph, shapes)
        let body = try subgraph(options.bodySubgraph, shapes)
        let types = values.map { Plan.PlannedType(dtype: $0.dtype, shape: $0.shape) }
        guard body.inputTypes == types, condition.inputTypes == types,
            body.outputs.count == types.count
        else { throw malformed("subgraphs of other values") }
        guard condition.outputs.count == 1, condition.isStaged || condition.endsInTruthValue else {
            throw malformed("the condition is no single truth value")
        }
        guard !body.isStaged, body.outputTypes == types else {
            let loop = GrowingLoop(
                conditionIndex: options.conditionSubgraph, bodyIndex: options.bodySubgraph,
                condition: condition, body: body, subgraphs: subgraphs)
            throw RunNeeded { frame in try loop.run(frame, values) }
        }
        let results = try values.indices.map {
            try output($0, values[$0].dtype, values[$0].shape)
        }
        hasEffects = condition.hasEffects || body.hasEffects
        return { frame in
            try LoopRun(condition: condition, body: body, frame: frame)
                .run(values, results)
        }
    }

    /// DYNAMIC_UPDATE_SLICE: x with another tensor from a computed position on, moved inside where it reaches out.
    mutating func dynamicUpdateSlice() throws -> Kernel {
        let (x, update, start) = (try plainInput(0), try plainInput(1), try plainInput(2))
        let rank = x.shape.rank
        guard update.dtype == x.dtype, update.shape.rank == rank, rank > 0,
            start.dtype == .int32, start.count == rank,
            zip(update.shape.dims, x.shape.dims).allSatisfy({ $0 <= $1 })
        else { throw malformed("an update \(update.shape) of \(x.shape)") }
        let y = try output(0, x.dtype, x.shape)
        let (whole, part) = (x.shape.dims, update.shape.dims)
        let run = part[rank - 1] * x.elementSize
        sharing = .inPlace([x.tensor])
        return { frame in
            if frame.bytes(x) != UnsafeRawPointer(frame.output(y)) {
                frame.output(y).copyMemory(
                    from: frame.bytes(x), byteCount: x.count * x.elementSize)
            }
            let starts = frame.elements(start, Int32.self)
            let begin = (0..<rank).map { min(max(Int(starts[$0]), 0), whole[$0] - part[$0]) }
            var index = [Int](repeating: 0, count: rank)
            for row in 0..<(run > 0 ? update.count * update.elementSize / run : 0) {
                var rest = row
                for axis in stride(from: rank - 2, through: 0, by: -1) {
                    index[axis] = rest % part[axis]
                    rest /= part[axis]
                }
                let offset = (0..<rank).reduce(0) { $0 * whole[$1] + begin[$1] + index[$1] }
                (frame.output(y) + offset * x.elementSize).copyMemory(
                    from: frame.bytes(update) + row * run, byteCount: run)
            }
        }
    }
}
