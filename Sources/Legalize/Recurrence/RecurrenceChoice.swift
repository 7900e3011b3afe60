import Cost
import GraphIR
import Tensors

/// What speaks for a loop over the steps of a recurrence and what for the operations of every step.
struct RecurrenceChoice {
    private let step: Graph
    private let projectionCount: Int
    private let costs: CostModel

    init(_ step: Graph, projectionCount: Int, costs: CostModel) {
        self.step = step
        self.projectionCount = projectionCount
        self.costs = costs
    }

    /// Whether the operators of every step are faster than a loop.
    func suitsUnrolling(steps: Int) -> Bool {
        guard steps != Shape.free else { return false }
        let weights = step.weights(of: step.nodes.dropFirst(projectionCount))
        return costs.unrollingPays(
            steps: steps, stepWeightBytes: weights.map(\.byteCount).reduce(0, +))
    }

    /// Whether each step of a loop projects its part of x, instead of all steps before the loop.
    func projectsInside(steps: Int) -> Bool {
        let weights = step.weights(of: step.nodes.prefix(projectionCount))
        return costs.projectingInsidePays(
            steps: steps == Shape.free ? nil : steps,
            input: elementCount(step.inputs[0].value),
            projections: step.projections(projectionCount).map(elementCount).reduce(0, +),
            weights: weights.map(\.shape.elementCount).reduce(0, +))
    }

    /// The elements of a value without its batch.
    private func elementCount(_ id: ValueID) -> Int {
        Shape(Array(step[id].shape.dims.dropFirst())).elementCount
    }
}

extension Graph {
    /// The matrices and filters that nodes read.
    fileprivate func weights(of nodes: some Sequence<Node>) -> [Constant] {
        Set(nodes.flatMap(\.inputs)).compactMap { constant($0) }.filter { $0.shape.rank > 1 }
    }
}
