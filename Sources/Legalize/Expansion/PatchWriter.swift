import GraphIR
import Tensors

/// Adds operations to a patch with the vocabulary of `GraphWriter`.
final class PatchWriter: GraphWriter {
    let layer: String
    private let graph: Graph
    private var patch: GraphPatch
    private var added: [ValueID: TensorType] = [:]

    /// A writer that adds on behalf of a node's layer.
    init(for node: Node, in graph: Graph) {
        self.graph = graph
        layer = node.layer
        patch = GraphPatch(for: graph)
    }

    func type(of value: ValueID) -> TensorType {
        added[value] ?? graph[value].type
    }

    func storedConstant(of value: ValueID) -> Constant? {
        added[value] == nil ? graph.constant(value) : nil
    }

    func constant(_ constant: Constant, role: String) -> ValueID {
        let id = patch.constant(constant, name: "\(layer)/\(role)")
        added[id] = TensorType(constant.dtype, constant.shape)
        return id
    }

    func addMulti(_ op: Op, _ inputs: [ValueID], role: String?) throws -> [ValueID] {
        let id = try patch.add(op, inputs, layer: layer, name: "\(layer)/\(role ?? op.name)")
        added[id] = try patch.type(of: id)
        return [id]
    }

    /// The patch that replaces the node's output by a value.
    func replacing(_ node: Node, by value: ValueID) -> GraphPatch {
        patch.replace(node.output, with: value)
        return patch
    }
}
