import GraphIR
import KerasWeights
import Tensors

/// What a recurrent layer does at one step.
///
/// The axis of time stays, with one step in it: all per-step tensors are `[batch, 1, …]`. Zero initial states have a batch
/// of one and broadcast.
protocol RecurrentCell: Sendable {
    /// The weights, for inputs of this type, which has no axis of time.
    func weightSpecs(for input: TensorType) throws -> [WeightSpec]

    /// The extents of each state without batch, for inputs of this type.
    func stateShapes(for input: TensorType) throws -> [[Int]]

    /// The state that is also the output.
    var outputState: Int { get }

    /// Makes the constants of one run through a sequence.
    func prepare(_ weights: [Constant], in builder: GraphBuilder) throws -> any PreparedCell

    /// The whole sequence in one operation; nil where there is none that does it.
    func fused(_ sequence: FusedSequence, in builder: GraphBuilder) throws -> RecurrentResult?
}

extension RecurrentCell {
    func fused(_ sequence: FusedSequence, in builder: GraphBuilder) throws -> RecurrentResult? {
        nil
    }

    var outputState: Int { 0 }
}

/// A cell with its weights in the graph.
protocol PreparedCell {
    /// What can be computed of all steps at once, from x `[batch, steps, …]`; the steps of the results are given to
    /// `step`.
    func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID]

    /// The states after a step; that of the cell's `outputState` is the output.
    func step(
        _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
    ) throws -> [ValueID]
}

/// What an operation for a whole sequence needs.
struct FusedSequence {
    /// `[batch, steps, features]`, in the order of processing.
    var x: ValueID
    /// `[batch, units]` each; empty for zeros.
    var initialStates: [ValueID]
    var weights: [Constant]
}

/// What a run through a sequence gives.
struct RecurrentResult {
    /// The output of every step, `[batch, steps, …]`, in the order of processing; nil where only the last is asked for.
    var sequence: ValueID?
    /// The last output, `[batch, 1, …]`; nil where it is to be taken from the sequence.
    var last: ValueID?
    /// The last states, `[batch, …]` each; nil where the last output is the only state.
    var states: [ValueID]?
}
