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

    /// The whole sequence as one operation of the IR, for x and the initial states, if there are some; nil if there is none
    /// that does it.
    ///
    /// Gives the output of every step `[batch, steps, …]`, then the last states `[batch, …]` but the output state.
    func sequence(
        _ inputs: [ValueID], _ weights: [Constant], in builder: GraphBuilder
    ) throws -> [ValueID]?
}

extension RecurrentCell {
    func sequence(
        _ inputs: [ValueID], _ weights: [Constant], in builder: GraphBuilder
    ) throws -> [ValueID]? {
        nil
    }

    var outputState: Int { 0 }

    /// The cell as a recurrence over x `[batch, steps, …]` runs it.
    ///
    /// - Parameter stateShapes: the extents of each state without batch.
    func recurrenceCell(
        over x: TensorType, stateShapes: [[Int]], hasInitialStates: Bool, _ weights: [Constant],
        layer: String
    ) throws -> RecurrenceCell {
        let step = GraphBuilder(name: "\(layer)/step", numbersNames: false)
        step.layer = layer
        let extents = x.shape.dims.dropFirst(2)
        let input = step.input(TensorType(x.dtype, Shape([Shape.free, 1] + extents)), name: "x")
        let states = stateShapes.enumerated().map { index, shape in
            step.input(
                TensorType(.float32, Shape([Shape.free, 1] + shape)), name: "state\(index)")
        }
        let prepared = try prepare(weights, in: step)
        let projections = try prepared.project(input, in: step)
        let projectionCount = step.graph.nodeCount
        let new = try prepared.step(projections, states: states, in: step)
        for (index, state) in new.enumerated() { step.output(state, name: "state\(index)") }
        return RecurrenceCell(
            step: step.graph, projectionCount: projectionCount, outputState: outputState,
            sequence: try sequenceGraph(
                over: x, stateShapes: hasInitialStates ? stateShapes : [], weights, layer: layer))
    }

    private func sequenceGraph(
        over x: TensorType, stateShapes: [[Int]], _ weights: [Constant], layer: String
    ) throws -> Graph? {
        let builder = GraphBuilder(name: "\(layer)/sequence", numbersNames: false)
        builder.layer = layer
        let types =
            [x] + stateShapes.map { TensorType(.float32, Shape([x.shape[0]] + $0)) }
        let inputs = types.enumerated().map { builder.input($1, name: "input\($0)") }
        guard let outputs = try sequence(inputs, weights, in: builder) else { return nil }
        for (index, output) in outputs.enumerated() { builder.output(output, name: "y\(index)") }
        return builder.graph
    }
}

/// A cell with its weights in the graph.
protocol PreparedCell {
    /// What can be computed of x `[batch, steps, …]` for any number of steps at once; the steps of the results are given to
    /// `step`.
    func project(_ x: ValueID, in builder: GraphBuilder) throws -> [ValueID]

    /// The states after a step; that of the cell's `outputState` is the output.
    func step(
        _ projections: [ValueID], states: [ValueID], in builder: GraphBuilder
    ) throws -> [ValueID]
}
