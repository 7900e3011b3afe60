import Problems
import Tensors

/// Builds a graph layer by layer.
///
/// Every operation infers its type at once, so that a misfit is reported for the layer that caused it. Operations on
/// constants alone are kept as operations; folding is a pass.
package final class GraphBuilder {
    package private(set) var graph: Graph

    /// The path of the layer that is being built; new nodes and values are named after it.
    package var layer = ""

    /// No tensor of a model that a device can run comes near this number of elements.
    package static let largestElementCount = 1 << 40

    private var usedNames: Set<String> = []

    package init(name: String) {
        graph = Graph(name: name)
    }

    /// Adds an input of the model.
    package func input(_ type: TensorType, name: String) -> ValueID {
        graph.addInput(type, name: unique(name), layer: name)
    }

    /// Makes a value the next output of the model.
    package func output(_ value: ValueID, name: String) {
        graph.addOutput(value, name: name)
    }

    /// Adds an operation with one output.
    ///
    /// - Parameter role: what the result is within its layer; by default the operation's name.
    /// - Throws: `Problem.Kind.invalidShape`, naming the layer, where the inputs do not fit.
    package func add(_ op: Op, _ inputs: [ValueID], role: String? = nil) throws -> ValueID {
        let outputs = try addMulti(op, inputs, role: role)
        guard let output = outputs.first else {
            throw Problem(.invalidShape("\(op.name) has no output"), layer: layer)
        }
        return output
    }

    /// Adds an operation and returns all its outputs.
    package func addMulti(_ op: Op, _ inputs: [ValueID], role: String? = nil) throws -> [ValueID] {
        let types = try locating(layer: layer) {
            try op.outputTypes(for: inputs.map { graph[$0].type })
        }
        for type in types where type.shape.elementCount > Self.largestElementCount {
            throw Problem(.tooLarge(what: "the output", value: "\(type)"), layer: layer)
        }
        let outputs = types.map {
            graph.addValue($0, name: unique("\(layer)/\(role ?? op.name)"))
        }
        graph.addNode(op, inputs: inputs, outputs: outputs, layer: layer)
        return outputs
    }

    /// Adds a constant.
    package func constant(_ constant: Constant, role: String) -> ValueID {
        graph.addValue(
            TensorType(constant.dtype, constant.shape), name: unique("\(layer)/\(role)"),
            constant: constant)
    }

    /// Adds a single number of the dtype of `like`.
    package func scalar(_ value: Double, like: ValueID, role: String = "scalar") -> ValueID {
        let dtype = graph[like].dtype
        let constant = Constant(Tensor(dtype: .float64, shape: [], copying: [value]), as: dtype)
        return self.constant(constant, role: role)
    }

    /// The extents of a value.
    package func shape(of value: ValueID) -> Shape { graph[value].shape }

    /// The element type of a value.
    package func dtype(of value: ValueID) -> DType { graph[value].dtype }

    /// Marks a value as the output of the Keras layer `path` and names its tensor so.
    ///
    /// A value that is a layer's output already (the layer was an identity) keeps its first name.
    package func finish(_ value: ValueID, asOutputOf path: String) {
        guard graph[value].layer == nil, graph[value].constant == nil else { return }
        graph.setLayer(value, path)
        graph.rename(value, to: unique(path))
    }

    private func unique(_ name: String) -> String {
        var candidate = name
        var number = 1
        while !usedNames.insert(candidate).inserted {
            candidate = "\(name)_\(number)"
            number += 1
        }
        return candidate
    }
}
