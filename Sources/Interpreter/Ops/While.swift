import Problems
import TFLiteFormat
import Tensors

extension OperatorPreparation {
    /// WHILE: the body on what it gave the round before, as long as the condition holds.
    ///
    /// Only bodies that keep types and shapes are known here.
    mutating func whileLoop() throws -> Kernel {
        guard case .while(let options) = options else { throw malformed("no options") }
        let values = try inputs.indices.map { try plainInput($0) }
        let shapes = values.map(\.shape)
        let condition = try subgraph(options.conditionSubgraph, shapes)
        let body = try subgraph(options.bodySubgraph, shapes)
        let types = values.map { Plan.PlannedType(dtype: $0.dtype, shape: $0.shape) }
        guard body.inputTypes == types, condition.inputTypes == types,
            body.isStaged || body.outputTypes == types
        else { throw unsupported("a body that changes types or shapes") }
        guard condition.outputs.count == 1, condition.isStaged || condition.endsInTruthValue else {
            throw malformed("the condition is no single truth value")
        }
        let results = try values.indices.map {
            try output($0, values[$0].dtype, values[$0].shape)
        }
        hasEffects = condition.hasEffects || body.hasEffects
        return { frame in
            try LoopRun(condition: condition, body: body, frame: frame, types: types)
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

/// A subgraph that an operator runs, ready for certain input shapes.
struct Subroutine: Sendable {
    let plan: Plan
    let inputs: [Int]
    let outputs: [Int]

    var inputTypes: [Plan.PlannedType] { inputs.compactMap { plan.types[$0] } }
    var outputTypes: [Plan.PlannedType] { outputs.compactMap { plan.types[$0] } }
    /// Whether types of outputs are known only after a run.
    var isStaged: Bool { plan.rest != nil }
    /// Whether a run may change more than tensors.
    var hasEffects: Bool { plan.hasEffects || isStaged }
    /// Whether the only output is a single truth value.
    var endsInTruthValue: Bool {
        outputTypes.map(\.dtype) == [.bool] && outputTypes[0].shape.elementCount == 1
    }
}

/// One run of a loop.
private struct LoopRun {
    let condition: Subroutine
    let body: Subroutine
    let frame: Frame
    let types: [Plan.PlannedType]

    /// A loop that runs longer than this does not end.
    private static let largestRoundCount = 1 << 26

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
            try check(round)
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
        let truth = condition.outputs[0]
        if condition.isStaged {
            guard let type = test.resultType(truth), type.dtype == .bool, type.byteCount == 1 else {
                throw Problem(
                    .unsupportedOperator(
                        name: "WHILE", reason: "a condition that is no single truth value"))
            }
        }
        return test.result(truth).first != 0
    }

    /// Checks what a body of computed shapes gave.
    private func check(_ round: StagedMemory) throws {
        guard body.isStaged, body.outputs.map({ round.resultType($0) }) != types else { return }
        throw Problem(
            .unsupportedOperator(name: "WHILE", reason: "a body that changes types or shapes"))
    }
}
