import Problems
import Tensors

/// A change to a graph, proposed by a pass and applied by the driver.
///
/// A patch adds constants and nodes and lets readers of old values read new ones. New nodes stand where the producer of the
/// first replaced value stands; they may read whatever that producer could read.
package struct GraphPatch: Sendable {
    /// A node to be added.
    package struct NewNode: Sendable {
        package var op: Op
        package var inputs: [ValueID]
        package var outputs: [ValueID]
        package var layer: String
    }

    package private(set) var values: [Value] = []
    package private(set) var nodes: [NewNode] = []
    package private(set) var replacements: [(old: ValueID, new: ValueID)] = []
    package private(set) var removals: [NodeID] = []
    /// Why a better rewrite was not possible, for the report.
    package var note: String?
    private let firstNewIndex: Int
    private var graph: Graph?

    /// An empty patch for `graph`.
    package init(for graph: Graph) {
        self.graph = graph
        firstNewIndex = graph.values.count
    }

    /// The type of a value of the graph or of this patch.
    ///
    /// - Throws: `Problem.Kind.invalidGraph` if neither knows the value.
    package func type(of id: ValueID) throws -> TensorType {
        if let graph, graph.values.indices.contains(id.index) { return graph[id].type }
        guard values.indices.contains(id.index - firstNewIndex) else {
            throw Problem(.invalidGraph("a patch reads a value that is not there", pass: nil))
        }
        return values[id.index - firstNewIndex].type
    }

    /// Lets go of the graph, so that changing it does not copy it; nothing can be added to the patch any more.
    package mutating func detach() {
        graph = nil
    }

    /// Adds a constant.
    package mutating func constant(_ constant: Constant, name: String) -> ValueID {
        append(TensorType(constant.dtype, constant.shape), name: name, constant: constant)
    }

    /// Adds a node with one output.
    ///
    /// - Parameter layer: the Keras layer on whose behalf the node runs.
    /// - Throws: `Problem.Kind.invalidShape` if the inputs do not fit.
    package mutating func add(
        _ op: Op, _ inputs: [ValueID], layer: String, name: String? = nil
    ) throws -> ValueID {
        let types = try locating(layer: layer) {
            try op.outputTypes(for: inputs.map { try type(of: $0) })
        }
        let outputs = types.map { append($0, name: name ?? "\(layer)/\(op.name)", constant: nil) }
        nodes.append(NewNode(op: op, inputs: inputs, outputs: outputs, layer: layer))
        return outputs[0]
    }

    /// Lets every reader of `old` read `new`, which takes over its name.
    package mutating func replace(_ old: ValueID, with new: ValueID) {
        replacements.append((old, new))
    }

    /// Removes a node whose outputs nothing reads.
    package mutating func remove(_ node: NodeID) {
        removals.append(node)
    }

    private mutating func append(
        _ type: TensorType, name: String, constant: Constant?
    ) -> ValueID {
        let id = ValueID(firstNewIndex + values.count)
        values.append(Value(id: id, type: type, name: name, constant: constant))
        return id
    }
}

extension Graph {
    /// Applies a patch that was made for this graph in its present state and drops what it leaves unused.
    ///
    /// - Returns: the number of nodes added and removed.
    /// - Throws: `Problem.Kind.invalidGraph` if the patch changes a type or does nothing.
    @discardableResult
    package mutating func apply(
        _ patch: consuming GraphPatch, pass: String
    ) throws -> (added: Int, removed: Int) {
        patch.detach()
        let anchor = patch.replacements.first.flatMap { producer(of: $0.old) }
        guard anchor != nil || (patch.replacements.isEmpty && !patch.removals.isEmpty) else {
            throw Problem(.invalidGraph("a patch replaces nothing", pass: pass))
        }
        for value in patch.values {
            _ = addValue(value.type, name: value.name, constant: value.constant)
        }
        for (old, new) in patch.replacements where self[old].type != self[new].type {
            throw Problem(
                .invalidGraph(
                    "'\(self[old].name)' changes from \(self[old].type) to \(self[new].type)",
                    pass: pass), layer: anchor?.layer)
        }
        for node in patch.nodes {
            addNode(
                node.op, inputs: node.inputs, outputs: node.outputs, layer: node.layer,
                createdBy: pass, before: anchor?.id)
        }
        var removed = 0
        for (old, new) in patch.replacements {
            let producer = producer(of: old)
            redirect(old, to: new)
            if let producer { removed += removeDead(from: producer.id).count }
        }
        for node in patch.removals { removed += removeDead(from: node).count }
        return (patch.nodes.count, removed)
    }
}
