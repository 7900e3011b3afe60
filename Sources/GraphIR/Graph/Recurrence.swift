import Foundations
import Tensors

/// A cell run through a sequence, one step after the other.
///
/// Inputs: x `[batch, steps, …]`; the mask `[batch, steps]` if there is one; then optionally the initial states
/// `[batch, …]` each, which are zero otherwise. Outputs: the output of every step `[batch, steps, …]`, that of the last step
/// `[batch, …]`, and the last states `[batch, …]` each.
///
/// A step whose mask is zero keeps the states; its output is that of the step before, at the start zeros.
package struct Recurrence: OpPayload {
    package static let kind = OpKind.recurrence
    /// What happens at each step.
    package var cell: RecurrenceCell
    /// Whether the second input is a mask.
    package var hasMask: Bool
    /// Whether the output of a masked step is zero instead of that of the step before.
    package var zeroesMaskedOutputs: Bool

    package init(_ cell: RecurrenceCell, hasMask: Bool = false, zeroesMaskedOutputs: Bool = false) {
        self.cell = cell
        self.hasMask = hasMask
        self.zeroesMaskedOutputs = zeroesMaskedOutputs
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(body: "step", &cell.body)
        visitor.visit("projectionCount", &cell.projectionCount)
        visitor.visit("outputState", &cell.outputState)
        visitor.visit("hasMask", &hasMask)
        visitor.visit("zeroesMaskedOutputs", &zeroesMaskedOutputs)
    }

    package var bodies: [Graph] { [cell.step] }

    /// The position of the first initial state among the inputs.
    package var firstState: Int { hasMask ? 2 : 1 }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        let states = cell.stateTypes
        try Check.require(
            inputs.count == firstState || inputs.count == firstState + states.count,
            "\(Self.name) of \(states.count) states does not take \(inputs.count) inputs")
        try Check.require(
            !cell.step.inputs.isEmpty && states.indices.contains(cell.outputState),
            "\(Self.name) of a step without x or output")
        let (x, step) = (inputs[0], cell.step[cell.step.inputs[0].value].type)
        try Check.require(
            x.dtype == step.dtype && x.shape.rank == step.shape.rank
                && x.shape.dims.dropFirst(2) == step.shape.dims.dropFirst(2),
            "\(Self.name) of steps \(step) does not take \(x)")
        try Check.require(x.shape[1] != 0, "the sequence has no steps")
        if hasMask {
            try Check.require(
                inputs[1].shape.rank == 2 && Check.matches(inputs[1].shape[0], x.shape[0])
                    && Check.matches(inputs[1].shape[1], x.shape[1]),
                "\(Self.name): the mask \(inputs[1]) of \(x)")
        }
        for (state, type) in zip(inputs.dropFirst(firstState), states) {
            try Check.require(
                state.dtype == type.dtype && state.shape.rank == type.shape.rank - 1
                    && Check.matches(state.shape[0], x.shape[0])
                    && state.shape.dims.dropFirst() == type.shape.dims.dropFirst(2),
                "\(Self.name): the initial state \(state) of \(x)")
        }
        let last = states.map {
            TensorType($0.dtype, Shape([x.shape[0]] + $0.shape.dims.dropFirst(2)))
        }
        let output = last[cell.outputState]
        let sequence = TensorType(
            output.dtype, Shape([x.shape[0], x.shape[1]] + output.shape.dims.dropFirst()))
        return [sequence, output] + last
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let rows = Shape(Array(inputs[0].shape.dims.prefix(2))).resolvingFree().elementCount
        return saturatingProduct(cell.step.cost.multiplyAccumulates, rows)
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .carried }
}

/// What a recurrence does at each step.
package struct RecurrenceCell: Sendable, Hashable {
    var body: LoopBody
    /// How many nodes of `step`, counted from the first, read nothing but x and constants, treat each step by itself, and
    /// so can be computed for all steps at once.
    package internal(set) var projectionCount: Int
    /// The state that is also the output.
    package internal(set) var outputState: Int
    private let whole: LoopBody?

    package init(step: Graph, projectionCount: Int, outputState: Int, sequence: Graph?) {
        body = LoopBody(step)
        self.projectionCount = projectionCount
        self.outputState = outputState
        whole = sequence.map { LoopBody($0) }
    }

    /// One step.
    ///
    /// Inputs: the step of x `[?, 1, …]` and the states `[?, 1, …]`. Outputs: the new states.
    package var step: Graph { body.graph }

    /// The whole sequence as one operation of the IR; nil if there is none that does it.
    ///
    /// It is not a part of the text form. Inputs: x and the initial states, if the recurrence has some. Outputs: the output of
    /// every step, then the last states but the output state.
    package var sequence: Graph? { whole?.graph }

    /// The types of the states within a step.
    package var stateTypes: [TensorType] { step.inputs.dropFirst().map { step[$0.value].type } }
}
