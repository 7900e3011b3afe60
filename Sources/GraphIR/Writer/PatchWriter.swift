import Problems
import Tensors

/// Makes a patch with the vocabulary of `GraphWriter`.
///
/// What it adds belongs to the layer of one node unless another is named.
package final class PatchWriter: GraphWriter {
    package private(set) var layer: String
    /// The patch so far.
    package private(set) var patch = GraphPatch()
    private let graph: Graph

    /// A writer that adds on behalf of a node's layer.
    package init(for node: Node, in graph: Graph) {
        self.graph = graph
        layer = node.layer
    }

    package func type(of value: ValueID) -> TensorType { self[value].type }

    package func storedConstant(of value: ValueID) -> Constant? { self[value].constant }

    private subscript(id: ValueID) -> Value {
        let index = id.index - graph.values.count
        return index < 0 ? graph[id] : patch.values[index]
    }

    package func constant(_ constant: Constant, role: String) -> ValueID {
        append(constant.type, name: "\(layer)/\(role)", constant)
    }

    /// Adds a constant under the name of a value whose place it takes.
    package func constant(_ constant: Constant, inPlaceOf old: ValueID) -> ValueID {
        append(constant.type, name: self[old].name, constant)
    }

    package func addMulti(_ op: Op, _ inputs: [ValueID], role: String?) throws -> [ValueID] {
        let types = try locating(layer: layer) {
            try op.outputTypes(for: inputs.map { type(of: $0) })
        }
        let outputs = types.map { append($0, name: "\(layer)/\(role ?? op.name)") }
        patch.nodes.append(
            GraphPatch.NewNode(op: op, inputs: inputs, outputs: outputs, layer: layer))
        return outputs
    }

    /// Lets what `body` adds belong to another layer.
    package func onBehalf<Result>(
        of layer: String, _ body: () throws -> Result
    ) rethrows -> Result {
        let own = self.layer
        defer { self.layer = own }
        self.layer = layer
        return try body()
    }

    /// Adds an operation with one output on behalf of another layer.
    ///
    /// - Throws: `Problem.Kind.invalidShape`, naming the layer, if the inputs do not fit.
    package func add(_ op: Op, _ inputs: [ValueID], layer: String) throws -> ValueID {
        try onBehalf(of: layer) { try add(op, inputs) }
    }

    /// Adds the operation of a node of one output on other inputs, on behalf of the node's layer.
    ///
    /// - Throws: `Problem.Kind.invalidShape`, naming the layer, if the inputs do not fit.
    package func copy(_ node: Node, inputs: [ValueID]) throws -> ValueID {
        try add(node.op, inputs, layer: node.layer)
    }

    /// Lets every reader of `old` read `new`, which takes over its name.
    package func replace(_ old: ValueID, with new: ValueID) {
        patch.replacements.append((old, new))
    }

    /// The patch that replaces the only output of a node as well.
    package func replacing(_ node: Node, by value: ValueID) -> GraphPatch {
        replace(node.output, with: value)
        return patch
    }

    private func append(_ type: TensorType, name: String, _ constant: Constant? = nil) -> ValueID {
        let id = ValueID(graph.values.count + patch.values.count)
        patch.values.append(Value(id: id, type: type, name: name, constant: constant))
        return id
    }
}

extension GraphPatch {
    /// A patch that replaces the only output of `node` by the value that `body` makes; nil if it makes none.
    package init?(
        replacing node: Node, in graph: Graph, _ body: (PatchWriter) throws -> ValueID?
    ) rethrows {
        let writer = PatchWriter(for: node, in: graph)
        guard let new = try body(writer) else { return nil }
        self = writer.replacing(node, by: new)
    }
}
