import Foundations
import Problems
import Tensors

/// What the reader of a summary has to know about a layer.
package struct Remark: Sendable, Equatable {
    package let layer: String
    package let text: String
    /// The tensors that the layer is called on.
    package let inputs: [ValueID]
}

/// Builds a graph layer by layer.
///
/// Every operation infers its type at once, so that a misfit is reported for the layer that caused it. Operations on
/// constants alone are kept as operations; folding is a pass.
package final class GraphBuilder: GraphWriter {
    package private(set) var graph: Graph

    /// The path of the layer that is being built; new nodes and values are named after it.
    package var layer = ""

    /// No tensor of a model that a device can run comes near this number of elements.
    package static let largestElementCount = 1 << 40

    /// What an operation takes from its first mention to the written file, in steps of a budget.
    private static let stepsPerNode = 50_000

    /// What is to be said about layers, in the order of their first calls.
    package private(set) var remarks: [Remark] = []

    /// Values that stand for complex numbers: pairs of real and imaginary part along the last axis.
    private var complexValues: Set<ValueID> = []

    private let numbersNames: Bool
    private var names = UniqueNames()

    /// An empty graph.
    ///
    /// - Parameter numbersNames: whether equal names get numbers. A graph that is inlined into others does without, since
    ///   it is numbered there.
    package init(name: String, numbersNames: Bool = true) {
        graph = Graph(name: name)
        self.numbersNames = numbersNames
    }

    /// Says something about a call of the layer that is being built; the same words are not said again.
    package func remark(_ text: String, on inputs: [ValueID]) {
        guard !remarks.contains(where: { $0.layer == layer && $0.text == text }) else { return }
        remarks.append(Remark(layer: layer, text: text, inputs: inputs))
    }

    /// Lets the pairs along the last axis of a value stand for complex numbers.
    package func markComplex(_ value: ValueID) { complexValues.insert(value) }

    /// Whether a value stands for complex numbers.
    package func isComplex(_ value: ValueID) -> Bool { complexValues.contains(value) }

    /// Adds an input of the model.
    package func input(_ type: TensorType, name: String) -> ValueID {
        graph.addInput(type, name: unique(name), layer: name)
    }

    /// Makes a value the next output of the model.
    package func output(_ value: ValueID, name: String) {
        graph.addOutput(value, name: name)
    }

    /// The present value of something that is kept from run to run: zeros at the start of the first run.
    ///
    /// - Throws: `Problem.Kind.unsupported` for a free extent, which zeros cannot have.
    package func state(_ name: String, _ type: TensorType) throws -> ValueID {
        if let state = graph.states.first(where: { $0.name == name }) { return state.output }
        guard type.shape.isStatic else {
            throw Problem(
                .unsupported(
                    what: "a stateful layer needs a fixed batch",
                    remedy: "Fix the batch with \(.batch)."), layer: layer)
        }
        let value = graph.addState(type, name: name)
        graph.rename(value, to: unique(name))
        return value
    }

    /// Keeps a value as the state of this name for what follows and for the next run.
    package func keep(_ value: ValueID, as name: String) {
        guard let index = graph.states.firstIndex(where: { $0.name == name }) else { return }
        graph.setState(index, to: value)
    }

    package func addMulti(_ op: Op, _ inputs: [ValueID], role: String?) throws -> [ValueID] {
        let types = try locating(layer: layer) {
            try op.outputTypes(for: inputs.map { graph[$0].type })
        }
        for type in types where type.shape.elementCount > Self.largestElementCount {
            throw Problem(.tooLarge(what: "the output", value: "\(type)"), layer: layer)
        }
        try locating(layer: layer) {
            let budget = ResourceBudget.current
            try budget.spend(Self.stepsPerNode, on: "the graph")
            for type in types where type.shape.isStatic {
                try budget.require(
                    type.dtype.byteCount(of: type.shape.elementCount), for: "the output \(type)")
            }
        }
        let outputs = types.map {
            graph.addValue($0, name: unique("\(layer)/\(role ?? op.name)"))
        }
        graph.addNode(op, inputs: inputs, outputs: outputs, layer: layer)
        return outputs
    }

    package func type(of value: ValueID) -> TensorType { graph[value].type }

    package func storedConstant(of value: ValueID) -> Constant? { graph[value].constant }

    package func constant(_ constant: Constant, role: String) -> ValueID {
        graph.addValue(
            constant.type, name: unique("\(layer)/\(role)"), constant: constant)
    }

    /// Adds an input of another graph with its name.
    package func copyInput(_ port: Port, of source: Graph) -> ValueID {
        let value = source[port.value]
        let copy = graph.addInput(value.type, name: port.name, layer: value.layer)
        graph.rename(copy, to: names.unique(value.name))
        graph.setTrainedRange(copy, value.trainedRange)
        return copy
    }

    /// Adds a state of another graph with its name.
    package func copyState(_ state: StatePort, of source: Graph) -> ValueID {
        let copy = graph.addState(source[state.input].type, name: state.name)
        graph.rename(copy, to: names.unique(source[state.input].name))
        return copy
    }

    /// Adds a value of another graph with its name and what it is known to be.
    package func copy(_ value: Value) -> ValueID {
        _ = names.unique(value.name)
        let copy = graph.addValue(
            value.type, name: value.name, constant: value.constant, layer: value.layer)
        graph.setTrainedRange(copy, value.trainedRange)
        return copy
    }

    /// Adds a node of another graph, for `inputs` that stand for its own, and returns its outputs.
    package func copy(_ node: Node, of source: Graph, inputs: [ValueID]) -> [ValueID] {
        let outputs = node.outputs.map { copy(source[$0]) }
        graph.addNode(
            node.op, inputs: inputs, outputs: outputs, layer: node.layer,
            createdBy: node.createdBy)
        return outputs
    }

    /// Lets a value be what another graph's value was: a layer's output, of that name.
    ///
    /// A value that is a layer's output already stays that.
    package func takeOver(_ value: ValueID, from old: Value) {
        graph.setTrainedRange(value, old.trainedRange)
        guard let layer = old.layer, graph[value].layer == nil else { return }
        graph.setLayer(value, layer)
        graph.rename(value, to: old.name)
    }

    /// Marks a value as the output of the Keras layer `path` and names its tensor so.
    ///
    /// A value that is a layer's output already (the layer was an identity) keeps its first name.
    package func finish(_ value: ValueID, asOutputOf path: String) {
        guard graph[value].layer == nil, graph[value].constant == nil else { return }
        graph.setLayer(value, path)
        graph.rename(value, to: unique(path))
    }

    /// Notes to which range a value was rounded in training.
    package func setTrainedRange(_ range: TrainedRange, of value: ValueID) {
        graph.setTrainedRange(value, range)
    }

    private func unique(_ name: String) -> String {
        numbersNames ? names.unique(name) : name
    }
}
