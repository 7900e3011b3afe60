import Planning
import TFLiteFormat

/// An operator that is ready to run: what it writes, and what runs it.
struct PreparedOperator: Sendable {
    /// How an operator is run.
    enum Execution: Sendable {
        /// The types of all outputs are known.
        case known(OperatorFunction)
        /// Only the run tells the types of the outputs.
        case dynamic(DynamicOperatorFunction)
    }

    /// The outputs that are written; none if only the run tells their types.
    let outputs: [Operand]
    /// Whether the output can lie where an input lies.
    let sharing: MemorySharing
    /// Whether the result depends on the elements of the inputs, not only on their shapes.
    let dependsOnElements: Bool
    /// Whether a run does more than write the outputs, or gives other outputs each time.
    let hasEffects: Bool
    /// What the operator computes, if a neighbour can compute it along.
    let fusible: FusibleForm?
    /// What runs the operator.
    let execution: Execution

    init(
        _ outputs: [Operand], sharing: MemorySharing = .none, dependsOnElements: Bool = true,
        hasEffects: Bool = false, fusible: FusibleForm? = nil, run: @escaping OperatorFunction
    ) {
        self.outputs = outputs
        self.sharing = sharing
        self.dependsOnElements = dependsOnElements
        self.hasEffects = hasEffects
        self.fusible = fusible
        execution = .known(run)
    }

    init(
        _ outputs: Operand..., sharing: MemorySharing = .none, dependsOnElements: Bool = true,
        hasEffects: Bool = false, fusible: FusibleForm? = nil, run: @escaping OperatorFunction
    ) {
        self.init(
            outputs, sharing: sharing, dependsOnElements: dependsOnElements,
            hasEffects: hasEffects, fusible: fusible, run: run)
    }

    /// An operator whose outputs have types that only the run tells.
    static func dynamic(_ run: @escaping DynamicOperatorFunction) -> PreparedOperator {
        PreparedOperator(execution: .dynamic(run))
    }

    private init(execution: Execution) {
        outputs = []
        sharing = .none
        dependsOnElements = true
        hasEffects = true
        fusible = nil
        self.execution = execution
    }
}

/// Runs a prepared operator.
///
/// - Throws: `Problem` if elements are out of range, such as the index of a slice.
typealias OperatorFunction = @Sendable (RunContext) throws -> Void

/// Runs an operator whose outputs have types that only the run tells, and returns the outputs.
///
/// - Throws: `Problem` if elements are out of range or the outputs are too large.
typealias DynamicOperatorFunction = @Sendable (RunContext) throws -> [DynamicTensor]

/// What an operator computes, if a neighbour can compute it along.
enum FusibleForm: Sendable {
    /// The sigmoid of floats.
    case sigmoid
    /// The product of two tensors, with nothing applied to it.
    case product
}

extension MemorySharing {
    /// The step reads an element only before it writes it; these operands have the size of the output.
    static func inPlace(_ operands: [Operand]) -> MemorySharing {
        .inPlace(operands.map(\.tensor.position))
    }
}
