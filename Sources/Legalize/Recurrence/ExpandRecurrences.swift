import Cost
import GraphIR
import Targets

extension Legalize {
    /// Writes the recurrences of a graph as operations that a target has.
    ///
    /// This comes before the passes: once the projections of a sequence are matrix products, they take up normalizations and
    /// arithmetic around them, and the steps take part in all other passes.
    ///
    /// - Parameter model: the graph whose sequences decide about the forms, if `graph` is the same on other extents.
    /// - Throws: `Problem.Kind.unsupported` for an unrolled sequence of unknown length.
    package static func expandRecurrences(
        in graph: Graph, for target: Target, costs: @autoclosure () -> CostModel = .liteRT,
        as form: RecurrentForm = .auto, chosenFor model: Graph? = nil
    ) throws -> Graph {
        let isRecurrent = graph.nodes.contains {
            if case .recurrence = $0.op { true } else { false }
        }
        guard isRecurrent else { return graph }
        let copy = GraphCopy(of: graph)
        for node in graph.nodes {
            guard case .recurrence(let recurrence) = node.op else {
                copy.add(node)
                continue
            }
            copy.builder.layer = node.layer
            let isRead = node.outputs.map { graph.useCount(of: $0) > 0 }
            let sequence = graph[node.outputs[0]]
            let expansion = RecurrenceExpansion(
                recurrence, inputs: copy.values(node.inputs), readsSequence: isRead[0],
                typicalSteps: (model ?? graph)[node.inputs[0]].shape[1],
                name: sequence.layer == nil ? nil : sequence.name, target: target, costs: costs(),
                form: form, builder: copy.builder)
            copy.replace(node.outputs, with: try expansion.outputs())
        }
        return copy.finished()
    }
}

/// A graph that is written again, node by node.
private final class GraphCopy {
    let builder: GraphBuilder
    private let source: Graph
    private var values: [ValueID: ValueID] = [:]

    /// The inputs and states of a graph.
    init(of graph: Graph) {
        source = graph
        builder = GraphBuilder(name: graph.name)
        for port in graph.inputs { values[port.value] = builder.copyInput(port, of: graph) }
        for state in graph.states { values[state.input] = builder.copyState(state, of: graph) }
    }

    /// The copies of values; constants are copied with their first use.
    func values(_ ids: [ValueID]) -> [ValueID] {
        ids.map { id in
            if let value = values[id] { return value }
            let value = builder.copy(source[id])
            values[id] = value
            return value
        }
    }

    /// Adds a node as it is.
    func add(_ node: Node) {
        let outputs = builder.copy(node, of: source, inputs: values(node.inputs))
        for (old, new) in zip(node.outputs, outputs) { values[old] = new }
    }

    /// Lets new values stand for old ones, and have their names unless they have fewer steps.
    func replace(_ old: [ValueID], with new: [ValueID]) {
        for (old, new) in zip(old, new) {
            values[old] = new
            guard builder.shape(of: new) == source[old].shape else { continue }
            builder.takeOver(new, from: source[old])
        }
    }

    /// The graph with the outputs and with what the states become.
    func finished() -> Graph {
        for port in source.outputs { builder.output(values([port.value])[0], name: port.name) }
        for state in source.states { builder.keep(values([state.output])[0], as: state.name) }
        return builder.graph
    }
}
