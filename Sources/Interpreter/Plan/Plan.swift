import Foundations
import Planning
import TFLiteFormat
import Tensors

/// A subgraph made ready for certain input shapes: prepared operators and the place of each tensor.
///
/// A plan never changes; sessions share it.
final class Plan: Sendable {
    let inputShapes: [Shape]
    /// The operators in running order, each with all its results.
    let steps: [Step]
    /// What runs instead if only the outputs are wanted.
    let schedule: [Step]
    /// What the schedule runs.
    let functions: [OperatorFunction]
    /// Type and extents of each tensor; nil for tensors that nothing writes.
    let types: PerTensor<PlannedType?>
    /// Where each tensor lies.
    let locations: PerTensor<Location>
    /// How the tensors share the memory of a session.
    let layout: ArenaLayout
    /// The byte that all bytes of a variable are set to, for those that are not set to 0.
    let resetBytes: [TensorIndex: UInt8]
    /// The steps that a run draws from a budget, without those of subgraphs that operators run.
    let work: Int
    /// Whether a run changes more than tensors: named variables.
    let hasEffects: Bool
    /// The operators after the steps; nil if there are none.
    let next: NextStage?

    /// The operators after a plan, whose shapes follow from what only a run knows.
    enum NextStage: Sendable {
        /// The elements of a tensor decide; the plan begins with the operator that needs them.
        case elements(of: TensorIndex, plan: @Sendable (KnownElements) throws -> Plan)
        /// An operator runs between the stages and decides about the types of its outputs; the plan begins after it.
        case dynamic(
            Step, run: DynamicOperatorFunction, plan: @Sendable ([PlannedType]) throws -> Plan)
    }

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
        /// This many bytes from the start of the arena.
        case arena(Int)
        /// In the memory of the stage before.
        case earlier
    }

    /// The steps of a run without operators.
    private static let ownWork = 1000
    private static let stepsPerPlannedOperator = 10_000

    /// Draws the steps that it takes to make the plan, for those that are made while a file runs.
    func spendPlanning() throws {
        try ResourceBudget.current.spend(
            saturatingProduct(Self.stepsPerPlannedOperator, 1 + steps.count),
            on: "computed shapes")
    }

    /// - Parameters:
    ///   - kept: the tensors that are needed after the steps.
    ///   - work: the steps of the operators, for a budget.
    init(
        inputShapes: [Shape], steps: [Step], kept: [TensorIndex],
        types: PerTensor<PlannedType?>, locations: PerTensor<Location>, layout: ArenaLayout,
        resetBytes: [TensorIndex: UInt8], work: Int, hasEffects: Bool, next: NextStage?
    ) {
        self.inputShapes = inputShapes
        self.steps = steps
        schedule = Step.fusing(steps, types: types, kept: kept)
        functions = schedule.map(\.run)
        self.types = types
        self.locations = locations
        self.layout = layout
        self.resetBytes = resetBytes
        self.work = saturatingSum(work, Self.ownWork)
        self.hasEffects = hasEffects
        self.next = next
    }
}
