import Foundations
import Problems
import Tensors

/// What the reader of a summary has to know about a layer.
package struct Remark: Sendable, Equatable {
    package let layer: String
    package let text: String
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

    /// What is to be said about layers, in the order of their first calls.
    package private(set) var remarks: [Remark] = []

    private var names = UniqueNames()

    package init(name: String) {
        graph = Graph(name: name)
    }

    /// Says something about the layer that is being built; the same words are not said again.
    package func remark(_ text: String) {
        let remark = Remark(layer: layer, text: text)
        if !remarks.contains(remark) { remarks.append(remark) }
    }

    /// Adds an input of the model.
    package func input(_ type: TensorType, name: String) -> ValueID {
        graph.addInput(type, name: names.unique(name), layer: name)
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
                    remedy: "Fix the batch with --batch."), layer: layer)
        }
        let value = graph.addState(type, name: name)
        graph.rename(value, to: names.unique(name))
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
        let outputs = types.map {
            graph.addValue($0, name: names.unique("\(layer)/\(role ?? op.name)"))
        }
        graph.addNode(op, inputs: inputs, outputs: outputs, layer: layer)
        return outputs
    }

    package func type(of value: ValueID) -> TensorType { graph[value].type }

    package func storedConstant(of value: ValueID) -> Constant? { graph[value].constant }

    package func constant(_ constant: Constant, role: String) -> ValueID {
        graph.addValue(
            TensorType(constant.dtype, constant.shape), name: names.unique("\(layer)/\(role)"),
            constant: constant)
    }

    /// Marks a value as the output of the Keras layer `path` and names its tensor so.
    ///
    /// A value that is a layer's output already (the layer was an identity) keeps its first name.
    package func finish(_ value: ValueID, asOutputOf path: String) {
        guard graph[value].layer == nil, graph[value].constant == nil else { return }
        graph.setLayer(value, path)
        graph.rename(value, to: names.unique(path))
    }
}
