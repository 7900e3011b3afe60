import Foundations
import Problems
import TFLiteFormat
import Tensors

/// The memory of one session: that of a plan, and of the stages that follow from computed elements.
///
/// A later stage is kept as long as the elements or types that decided about it stay the same.
final class SessionMemory {
    private var stages: [PlanMemory]
    /// What the stage of the next index was planned for.
    private var decisions: [Decision] = []

    private enum Decision {
        case elements(KnownElements)
        case types([Plan.PlannedType])
    }

    private static let largestStageCount = 1 << 10

    /// Zeroed memory for `plan`.
    init(_ plan: Plan, variables: VariableStore = VariableStore()) throws {
        stages = [try PlanMemory(plan, variables: variables)]
    }

    /// The named variables of the session.
    var variables: VariableStore { stages[0].variables }

    /// The plan of the first stage.
    var plan: Plan { stages[0].plan }

    /// The bytes of memory of all stages.
    var arenaByteCount: Int {
        stages.reduce(0) { $0 + $1.plan.layout.byteCount + $1.subroutines.arenaByteCount }
    }

    /// The elements of a tensor of the first stage, such as an input.
    func bytes(_ tensor: TensorIndex) -> UnsafeMutableRawBufferPointer { stages[0].bytes(tensor) }

    /// The first byte of a tensor of the first stage.
    func address(_ tensor: TensorIndex) -> UnsafeMutableRawPointer { stages[0].address(tensor) }

    /// The first byte of any tensor after a run.
    func resultAddress(_ tensor: TensorIndex) -> UnsafeMutableRawPointer {
        stages[stages.count - 1].address(tensor)
    }

    /// The elements of any tensor after a run.
    func result(_ tensor: TensorIndex) -> UnsafeMutableRawBufferPointer {
        stages[stages.count - 1].bytes(tensor)
    }

    /// The type of any tensor after a run.
    func resultType(_ tensor: TensorIndex) -> Plan.PlannedType? {
        stages[stages.count - 1].plan.types[tensor]
    }

    /// Sets all variables to zero, and named ones to what they were before the first run.
    func resetVariables() {
        variables.reset()
        clearVariables()
    }

    /// Sets the variables that have no names to zero.
    func clearVariables() {
        stages[0].clearVariables()
    }

    /// Runs the model.
    func run(threads: Int) throws {
        let budget = ResourceBudget.current
        try runStages(threads) { memory, context in
            for run in memory.plan.functions {
                if budget.limitsTime { try budget.checkTime("an operator of the file") }
                try run(context)
            }
        } afterDynamicStep: { _, _ in
        }
    }

    /// Runs the model and shows each step.
    ///
    /// - Parameters:
    ///   - everyStep: whether each operator is a step of its own and has all its results.
    ///   - observe: is called after each step with the memory of its stage.
    func run(
        threads: Int, everyStep: Bool = false,
        observing observe: (Step, PlanMemory) throws -> Void
    ) throws {
        try runStages(threads) { memory, context in
            for step in everyStep ? memory.plan.steps : memory.plan.schedule {
                try step.run(context)
                try observe(step, memory)
            }
        } afterDynamicStep: { step, memory in
            try observe(step, memory)
        }
    }

    /// Runs stage after stage; `afterDynamicStep` is called after a step that runs between two stages.
    private func runStages(
        _ threads: Int, _ runStage: (PlanMemory, RunContext) throws -> Void,
        afterDynamicStep: (Step, PlanMemory) throws -> Void
    ) throws {
        var index = 0
        let budget = ResourceBudget.current
        while true {
            let memory = stages[index]
            try budget.spend(memory.plan.work, on: "running the file")
            let context = memory.context(threads: threads)
            try runStage(memory, context)
            guard let next = memory.plan.next else { return }
            switch next {
            case .elements(let tensor, let plan):
                try prepareStage(after: index, for: memory.bytes(tensor), plan)
            case .dynamic(let step, let run, let plan):
                let results = try run(context)
                try prepareStage(after: index, for: results.map(\.type), plan)
                for (tensor, result) in zip(step.outputs, results) {
                    result.withBytes { stages[index + 1].bytes(tensor).copyMemory(from: $0) }
                }
                try afterDynamicStep(step, stages[index + 1])
            }
            index += 1
        }
    }

    /// Makes the stage after the one of the given index unless it is there for the same elements.
    private func prepareStage(
        after index: Int, for elements: UnsafeMutableRawBufferPointer,
        _ plan: (KnownElements) throws -> Plan
    ) throws {
        if stages.count > index + 1, case .elements(let known) = decisions[index],
            elements.elementsEqual(known.bytes)
        {
            return
        }
        let storage = TensorStorage(byteCount: max(elements.count, 1))
        storage.mutableBytes.copyMemory(from: UnsafeRawBufferPointer(elements))
        let known = KnownElements(storage, byteCount: elements.count)
        try append(after: index, .elements(known)) { try plan(known) }
    }

    /// Makes the stage after the one of the given index unless it is there for the same types.
    private func prepareStage(
        after index: Int, for types: [Plan.PlannedType],
        _ plan: ([Plan.PlannedType]) throws -> Plan
    ) throws {
        if stages.count > index + 1, case .types(let known) = decisions[index],
            known == types
        {
            return
        }
        try append(after: index, .types(types)) { try plan(types) }
    }

    /// Replaces the stages after the one of the given index by a new one.
    private func append(after index: Int, _ decision: Decision, _ plan: () throws -> Plan) throws {
        stages.removeSubrange((index + 1)...)
        decisions.removeSubrange(index...)
        guard index < Self.largestStageCount else {
            throw Problem(.tooLarge(what: "the number of computed shapes", value: "\(index)"))
        }
        let next = try plan()
        try next.spendPlanning()
        stages.append(try PlanMemory(next, after: stages[index], variables: variables))
        decisions.append(decision)
    }
}
