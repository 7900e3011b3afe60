import Problems
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// WHILE: the body on what it gave the round before, as long as the condition holds.
    ///
    /// Where the body changes shapes, or computes them, the operators behind are planned after the run.
    mutating func whileLoop() throws -> Kernel {
        guard case .while(let options) = options else { throw malformed("no options") }
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

/// One run of a loop.
struct LoopRun {
    let condition: Subroutine
    let body: Subroutine
    let frame: Frame

    /// A loop that runs longer than this does not end.
    static let largestRoundCount = 1 << 26

    func run(_ values: [Operand], _ results: [Operand]) throws {
        let (test, round) = (
            try StagedMemory(condition.plan, variables: frame.variables),
            try StagedMemory(body.plan, variables: frame.variables)
        )
        let read = Set(condition.plan.steps.flatMap(\.inputs) + condition.outputs)
        for (value, result) in zip(values, results) {
            frame.output(result).copyMemory(
                from: frame.bytes(value), byteCount: value.count * value.elementSize)
        }
        func give(_ index: Int, to memory: StagedMemory, _ tensor: Int) {
            memory.bytes(tensor).copyMemory(
                from: UnsafeRawBufferPointer(
                    start: frame.bytes(results[index]),
                    count: results[index].count * results[index].elementSize))
        }
        let passed = body.inputs.indices.map { body.inputs[$0] == body.outputs[$0] }
        for index in results.indices { give(index, to: round, body.inputs[index]) }
        for _ in 0..<Self.largestRoundCount {
            for (index, tensor) in condition.inputs.enumerated()
            where condition.isStaged || read.contains(tensor) {
                give(index, to: test, tensor)
            }
            guard try goesOn(test) else { return }
            try round.run(threads: frame.threads)
            for (index, result) in results.enumerated() where !passed[index] {
                frame.output(result).copyMemory(
                    from: UnsafeRawPointer(
                        round.result(body.outputs[index]).baseAddress ?? frame.output(result)),
                    byteCount: result.count * result.elementSize)
            }
            for (index, tensor) in body.inputs.enumerated() where !passed[index] {
                give(index, to: round, tensor)
            }
        }
        throw Problem(.tooLarge(what: "a loop", value: "\(Self.largestRoundCount) rounds"))
    }

    private func goesOn(_ test: StagedMemory) throws -> Bool {
        try test.run(threads: frame.threads)
        return try condition.truth(in: test)
    }
}
