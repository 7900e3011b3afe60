import Foundations
import GraphIR
import Tensors

/// What speaks for a loop over the steps of a recurrence and what for the operations of every step.
struct RecurrenceChoice {
    private static let largestUnrolledCount = 128
    /// Elements of all steps' weights that stay in the caches of common processors.
    private static let largestPackedCount = 1 << 21

    private let step: Graph
    private let projectionCount: Int

    init(_ step: Graph, projectionCount: Int) {
        self.step = step
        self.projectionCount = projectionCount
    }

    /// Whether the operators of every step are faster than a loop.
    ///
    /// A loop costs a constant time for each step. Runtimes pack the weights of every operator anew, so that those of many
    /// steps together leave the caches. More steps would make the file large for little.
    func suitsUnrolling(steps: Int) -> Bool {
        guard steps != Shape.free, steps <= Self.largestUnrolledCount else { return false }
        let packed = weightCount(step.nodes.dropFirst(projectionCount))
        return saturatingProduct(packed, steps) <= Self.largestPackedCount
    }

    /// Whether each step of a loop projects its part of x, instead of all steps before the loop.
    ///
    /// Runtimes copy at each step the whole of what a loop reads. If that is smaller by more elements than the weights of
    /// the projection have, reading these at each step is the lesser cost.
    func projectsInside(steps: Int) -> Bool {
        let steps = steps == Shape.free ? Self.largestUnrolledCount : steps
        let x = elementCount(step.inputs[0].value)
        let projections = step.projections(projectionCount).map(elementCount).reduce(0, +)
        return projections > x
            && saturatingProduct(projections - x, steps)
                > weightCount(step.nodes.prefix(projectionCount))
    }

    /// The elements of a value without its batch.
    private func elementCount(_ id: ValueID) -> Int {
        Shape(Array(step[id].shape.dims.dropFirst())).elementCount
    }

    /// The elements of the matrices and filters that nodes read.
    private func weightCount(_ nodes: some Sequence<Node>) -> Int {
        Set(nodes.flatMap(\.inputs)).compactMap { step.constant($0)?.shape }
            .filter { $0.rank > 1 }.map(\.elementCount).reduce(0, +)
    }
}
