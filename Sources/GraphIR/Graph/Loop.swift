import Foundations
import Tensors

/// A graph of one step, run for every step of some sequences.
///
/// Inputs: sequences `[batch, steps, …]`, states, and optionally a collection `[batch, steps, …]`. Outputs: the last
/// states, and the collection with what the body gave at each step.
///
/// The body reads one step of each sequence `[batch, 1, …]` and the states. It gives the new states and, if there is a
/// collection, the step `[batch, 1, …]` of it.
package struct Loop: OpPayload {
    package static let kind = OpKind.loop
    package var body: LoopBody
    package var sequenceCount: Int

    package init(body: Graph, sequenceCount: Int) {
        self.body = LoopBody(body)
        self.sequenceCount = sequenceCount
    }

    package mutating func visitAttributes(_ visitor: inout some AttributeVisitor) {
        visitor.visit(body: "body", &body)
        visitor.visit("sequenceCount", &sequenceCount)
    }

    package var bodies: [Graph] { [body.graph] }

    /// The number of states.
    package var stateCount: Int { body.graph.inputs.count - sequenceCount }

    /// Whether the loop collects an output of every step.
    package var collects: Bool { body.graph.outputs.count > stateCount }

    package func outputTypes(for inputs: [TensorType]) throws -> [TensorType] {
        let graph = body.graph
        try Check.require(
            sequenceCount > 0 && stateCount >= 0
                && inputs.count == graph.inputs.count + (collects ? 1 : 0),
            "\(Self.name) does not take \(inputs.count) inputs")
        for sequence in inputs.prefix(sequenceCount) {
            try Check.require(
                sequence.shape.rank >= 2
                    && Check.matches(sequence.shape[1], inputs[0].shape[1]),
                "\(Self.name) over sequences \(inputs)")
        }
        for (port, output) in zip(graph.inputs.dropFirst(sequenceCount), graph.outputs) {
            try Check.require(
                graph[port.value].type == graph[output.value].type,
                "\(Self.name): a state \(graph[port.value].type) "
                    + "becomes \(graph[output.value].type)")
        }
        return Array(inputs.dropFirst(sequenceCount))
    }

    package func multiplyAccumulates(inputs: [TensorType], outputs: [TensorType]) -> Int {
        let steps = inputs[0].shape[1]
        return saturatingProduct(
            body.graph.cost.multiplyAccumulates, steps == Shape.free ? 1 : steps)
    }

    package func axes(for inputs: [TensorType]) -> AxisMap { .opaque }

    package func linearity(for inputs: [TensorType]) -> Linearity { .opaque }

    package var fusedActivation: WritableKeyPath<Self, Clamp>? { nil }

    package func isIdentity(on inputs: [TensorType]) -> Bool { false }

    package var quantizationRule: QuantizationRule { .carried }
}

/// The graph of one step of a loop; equal only to itself.
package final class LoopBody: Sendable, Hashable {
    package let graph: Graph

    package init(_ graph: Graph) {
        self.graph = graph
    }

    package static func == (left: LoopBody, right: LoopBody) -> Bool { left === right }

    package func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
