import Foundations
import Problems
import TFLiteFormat

/// The memory of one session for one plan: its arena and the address of each tensor.
final class PlanMemory {
    let plan: Plan
    /// The named variables of the session.
    let variables: VariableStore
    /// The memory of the subgraphs that operators run.
    let subroutines = SubroutineMemories()
    private let arena: UnsafeMutableRawBufferPointer
    private let budget = ResourceBudget.current
    private let tensors: UnsafeMutablePointer<UnsafeMutableRawPointer>

    /// The flags of private pages, mapped at once if the system can: one after the other, on first use, takes longer.
    private static func mapping(_ size: Int) -> Int32 {
        #if os(Linux)
            if size <= populatedUpTo { return MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE }
        #endif
        return MAP_PRIVATE | MAP_ANONYMOUS
    }

    /// A larger size may be a mistake of the file.
    private static let populatedUpTo = 1 << 26
    /// How many bytes of fresh memory the system gives in a step of a budget.
    private static let bytesPerStep = 2

    /// Zeroed memory for `plan`.
    ///
    /// - Parameter earlier: the memory of the stage before, which has to stay as long as this one.
    /// - Throws: `Problem.Kind.overBudget`, or `tooLarge` if the system has too little.
    init(
        _ plan: Plan, after earlier: PlanMemory? = nil, variables: VariableStore
    ) throws {
        self.plan = plan
        self.variables = variables
        let size = max(plan.layout.byteCount, 64)
        try budget.spend(size / Self.bytesPerStep, on: "running the file")
        try budget.hold(size, for: "running the file")
        guard
            let base = mmap(
                nil, size, PROT_READ | PROT_WRITE, Self.mapping(size), -1, 0),
            base != MAP_FAILED
        else {
            budget.release(size)
            throw Problem(.tooLarge(what: "the memory for tensors", value: "\(size) bytes"))
        }
        arena = UnsafeMutableRawBufferPointer(start: base, count: size)
        let locations = plan.locations.values
        tensors = .allocate(capacity: max(locations.count, 1))
        tensors.initialize(repeating: base, count: max(locations.count, 1))
        for (index, location) in locations.enumerated() {
            switch location {
            case .nowhere: break
            case .known(let elements):
                tensors[index] = UnsafeMutableRawPointer(mutating: elements.start)
            case .arena(let offset): tensors[index] = base + offset
            case .earlier: if let earlier { tensors[index] = earlier.tensors[index] }
            }
        }
        fillVariables()
    }

    deinit {
        tensors.deallocate()
        munmap(arena.baseAddress, arena.count)
        budget.release(arena.count)
    }

    /// What a run hands to every operator.
    func context(threads: Int) -> RunContext {
        RunContext(
            tensors: UnsafePointer(tensors), threads: threads, variables: variables,
            subroutines: subroutines)
    }

    /// The first byte of a tensor.
    func address(_ tensor: TensorIndex) -> UnsafeMutableRawPointer { tensors[tensor.position] }

    /// The elements of a tensor.
    func bytes(_ tensor: TensorIndex) -> UnsafeMutableRawBufferPointer {
        UnsafeMutableRawBufferPointer(
            start: address(tensor), count: plan.types[tensor]?.byteCount ?? 0)
    }

    /// Sets the variables of the plan to what stands for zero.
    func clearVariables() {
        arena.baseAddress?.initializeMemory(
            as: UInt8.self, repeating: 0, count: plan.layout.variableByteCount)
        fillVariables()
    }

    /// Fills those variables in which another byte stands for zero.
    private func fillVariables() {
        for (tensor, byte) in plan.resetBytes {
            guard case .arena = plan.locations[tensor] else { continue }
            bytes(tensor).initializeMemory(as: UInt8.self, repeating: byte)
        }
    }
}
