import Problems
import Tensors

/// The memory of one session for a plan and for the plans that follow from computed elements.
///
/// A later stage is kept as long as the elements that decided about it stay the same.
final class StagedMemory {
    private var stages: [SessionMemory]
    /// The elements for which the stage of the next index was planned.
    private var decisions: [KnownElements] = []

    /// Zeroed memory for `plan`.
    init(_ plan: Plan, variables: VariableStore = VariableStore()) throws {
        stages = [try SessionMemory(plan, variables: variables)]
    }

    /// The named variables of the session.
    var variables: VariableStore { stages[0].variables }

    /// The plan of the first stage.
    var plan: Plan { stages[0].plan }

    /// The bytes of memory of all stages.
    var arenaByteCount: Int { stages.reduce(0) { $0 + $1.plan.arenaByteCount } }

    /// The elements of a tensor of the first stage, such as an input.
    func bytes(_ tensor: Int) -> UnsafeMutableRawBufferPointer { stages[0].bytes(tensor) }

    /// The elements of any tensor after a run.
    func result(_ tensor: Int) -> UnsafeMutableRawBufferPointer {
        stages[stages.count - 1].bytes(tensor)
    }

    /// The type of any tensor after a run.
    func resultType(_ tensor: Int) -> Plan.PlannedType? {
        stages[stages.count - 1].plan.types[tensor]
    }

    /// Sets all variables to zero.
    func resetVariables() {
        stages[0].resetVariables()
    }

    /// Runs the model.
    ///
    /// - Parameters:
    ///   - everyStep: whether each operator is a step of its own and has all its results.
    ///   - observe: is called after each step with the memory of its stage.
    func run(
        threads: Int, everyStep: Bool = false,
        _ observe: (Step, SessionMemory) throws -> Void = { _, _ in }
    ) throws {
        var index = 0
        while true {
            let memory = stages[index]
            let frame = memory.frame(threads: threads)
            for step in everyStep ? memory.plan.steps : memory.plan.schedule {
                try step.kernel(frame)
                try observe(step, memory)
            }
            guard let rest = memory.plan.rest else { return }
            try plan(rest, after: index)
            index += 1
        }
    }

    /// Makes the stage after the one of the given index unless it is there for the same elements.
    private func plan(_ rest: Plan.Continuation, after index: Int) throws {
        let elements = UnsafeRawBufferPointer(stages[index].bytes(rest.deciding))
        if stages.count > index + 1, elements.elementsEqual(decisions[index].bytes) { return }
        stages.removeSubrange((index + 1)...)
        decisions.removeSubrange(index...)
        guard index < Self.largestStageCount else {
            throw Problem(.tooLarge(what: "the number of computed shapes", value: "\(index)"))
        }
        let storage = TensorStorage(byteCount: max(elements.count, 1))
        storage.mutableBytes.copyMemory(from: elements)
        let decision = KnownElements(
            UnsafeRawBufferPointer(rebasing: storage.mutableBytes[..<elements.count]),
            owner: storage)
        let next = try SessionMemory(
            rest.plan(decision), after: stages[index], variables: variables)
        stages.append(next)
        decisions.append(decision)
    }

    private static let largestStageCount = 1 << 10
}
