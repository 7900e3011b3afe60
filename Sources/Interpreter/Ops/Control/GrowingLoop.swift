import Foundations
import Problems
import TFLiteFormat

/// A loop whose body changes the shapes of its values, or computes them.
struct GrowingLoop: Sendable {
    let conditionIndex: Int
    let bodyIndex: Int
    /// The subgraphs for the values before the first round.
    let condition: Subroutine
    let body: Subroutine
    let subgraphs: SubgraphPlanner

    /// A loop that meets more shapes than this does not end.
    private static let largestShapeCount = 1 << 16
    /// The steps of a round besides those of its operators, for a budget.
    private static let stepsPerRound = 1000

    /// A subgraph with its memory, kept as long as the shapes stay the same.
    private struct Running {
        let routine: Subroutine
        let memory: SessionMemory
        /// The values that are in the memory already, and stay there because the subgraph gives them back.
        private var kept: [DynamicTensor?]

        init(_ routine: Subroutine, _ memory: SessionMemory) {
            self.routine = routine
            self.memory = memory
            kept = routine.inputs.map { _ in nil }
        }

        mutating func run(_ values: [DynamicTensor], threads: Int) throws {
            for (index, tensor) in routine.inputs.enumerated() {
                if let value = kept[index], value.isSame(as: values[index]) { continue }
                values[index].withBytes { memory.bytes(tensor).copyMemory(from: $0) }
                if routine.outputs.contains(tensor) { kept[index] = values[index] }
            }
            try memory.run(threads: threads)
        }

        /// Those of the values that the subgraph does not give back as they are.
        func made(of values: [DynamicTensor]) -> [DynamicTensor] {
            zip(values, zip(routine.inputs, routine.outputs)).compactMap { value, tensors in
                tensors.0 == tensors.1 ? nil : value
            }
        }

        /// What the subgraph made of the values.
        func results(of values: [DynamicTensor]) throws -> [DynamicTensor] {
            guard routine.outputs.count == values.count else {
                throw Problem(.malformed(what: "operator WHILE", reason: "values are missing"))
            }
            return try values.indices.map { index in
                let tensor = routine.outputs[index]
                if tensor == routine.inputs[index] { return values[index] }
                guard let type = memory.resultType(tensor) else {
                    throw Problem(
                        .malformed(what: "operator WHILE", reason: "value \(index) is missing"))
                }
                return DynamicTensor(type, copying: memory.resultAddress(tensor))
            }
        }
    }

    /// The values after the last round.
    func run(_ context: RunContext, _ values: [Operand]) throws -> [DynamicTensor] {
        var state = values.map {
            DynamicTensor(
                Plan.PlannedType(dtype: $0.dtype, shape: $0.shape), copying: context.bytes($0))
        }
        func start(_ routine: Subroutine) throws -> Running {
            Running(
                routine,
                try context.subroutines.memory(for: routine.plan, variables: context.variables))
        }
        func adapt(_ index: Int, _ types: [Plan.PlannedType]) throws -> Running {
            let routine = try subroutine(index, types)
            try routine.plan.spendPlanning()
            return Running(
                routine, try SessionMemory(routine.plan, variables: context.variables))
        }
        var (test, round) = (try start(condition), try start(body))
        var shapes = 0
        let budget = ResourceBudget.current
        for _ in 0..<LoopRun.largestRoundCount {
            let movedBytes = round.made(of: state).reduce(0) { $0 + $1.type.byteCount }
            try budget.spend(
                Self.stepsPerRound + movedBytes / LoopRun.bytesPerStep, on: "a loop")
            let types = state.map(\.type)
            if test.routine.inputTypes != types {
                shapes += 1
                guard shapes <= Self.largestShapeCount else {
                    throw Problem(.tooLarge(what: "a loop", value: "\(shapes) shapes"))
                }
                test = try adapt(conditionIndex, types)
                round = try adapt(bodyIndex, types)
            }
            try test.run(state, threads: context.threads)
            guard try test.routine.truth(in: test.memory) else { return state }
            try round.run(state, threads: context.threads)
            state = try round.results(of: state)
        }
        throw Problem(.tooLarge(what: "a loop", value: "\(LoopRun.largestRoundCount) rounds"))
    }

    private func subroutine(_ index: Int, _ types: [Plan.PlannedType]) throws -> Subroutine {
        let routine = try subgraphs.subroutine(index, types.map(\.shape))
        guard routine.inputTypes == types else {
            throw Problem(
                .malformed(what: "operator WHILE", reason: "a body that changes element types"))
        }
        return routine
    }
}

extension Subroutine {
    /// The single truth value that the subgraph gave.
    func truth(in memory: SessionMemory) throws -> Bool {
        guard outputs.count == 1, let type = memory.resultType(outputs[0]), type.dtype == .bool,
            type.shape.elementCount == 1
        else {
            throw Problem(
                .malformed(
                    what: "operator WHILE", reason: "the condition must be a single truth value"))
        }
        return memory.result(outputs[0]).first != 0
    }
}
