import TFLiteFormat
import Tensors

/// One operator, ready to run.
struct Step: Sendable {
    /// The position of the operator in its subgraph.
    let position: Int
    let name: BuiltinOperator
    let inputs: [Int]
    let outputs: [Int]
    let sharing: MemorySharing
    let kernel: Kernel
}

/// Whether an operator's output can lie where an input lies.
enum MemorySharing: Sendable {
    case none
    /// The output has the bytes of the first input; nothing is copied where they share memory.
    case view
    /// The kernel reads an element only before it writes it; these inputs have the size of the output.
    case inPlace([Int])
}

/// A subgraph made ready for certain input shapes: prepared operators and the place of each tensor.
///
/// A plan never changes; sessions share it.
final class Plan: Sendable {
    let inputShapes: [Shape]
    /// The operators in running order, each with all its results.
    let steps: [Step]
    /// What runs instead where only the outputs are wanted.
    let schedule: [Step]
    /// What the schedule runs.
    let kernels: [Kernel]
    /// Type and extents of each tensor; nil for tensors that nothing makes.
    let types: [PlannedType?]
    /// Where each tensor lies.
    let locations: [Location]
    /// The size of the memory that a session needs for tensors.
    let arenaByteCount: Int
    /// The bytes at the start of the arena that keep their values between runs.
    let variableByteCount: Int
    /// What comes after the steps; nil where they are all.
    let rest: Continuation?

    /// The operators behind a plan, whose shapes follow from what only a run knows.
    enum Continuation: Sendable {
        /// The elements of a tensor decide; the plan is that of the operators from the one that asked for them on.
        case elements(of: Int, plan: @Sendable (KnownElements) throws -> Plan)
        /// An operator runs by itself and decides about the types of its results; the plan is that of those behind it.
        case results(
            of: Step, make: ResultMaker, plan: @Sendable ([PlannedType]) throws -> Plan)
    }

    /// Whether a run changes more than tensors: named variables.
    let hasEffects: Bool

    /// Type and extents of a tensor.
    struct PlannedType: Sendable, Equatable {
        let dtype: DType
        let shape: Shape

        var byteCount: Int { shape.elementCount * dtype.byteCount }
    }

    /// The place of a tensor.
    enum Location: Sendable {
        case nowhere
        case known(KnownElements)
        /// So many bytes from the start of the arena.
        case arena(Int)
        /// In the memory of the plan before.
        case earlier
    }

    init(
        inputShapes: [Shape], steps: [Step], schedule: [Step], types: [PlannedType?],
        locations: [Location], arenaByteCount: Int, variableByteCount: Int, hasEffects: Bool,
        rest: Continuation?
    ) {
        self.inputShapes = inputShapes
        self.steps = steps
        self.schedule = schedule
        kernels = schedule.map(\.kernel)
        self.types = types
        self.locations = locations
        self.arenaByteCount = arenaByteCount
        self.variableByteCount = variableByteCount
        self.hasEffects = hasEffects
        self.rest = rest
    }
}
