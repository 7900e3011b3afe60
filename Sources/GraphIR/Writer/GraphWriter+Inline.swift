import Tensors

/// Writes the nodes of one graph into another.
package struct InlinedGraph {
    private let graph: Graph
    private var values: [ValueID: ValueID] = [:]

    /// The values of `graph` in the graph that a writer adds to: its inputs are `inputs`, its constants are added.
    package init(_ graph: Graph, inputs: [ValueID], in writer: some GraphWriter) {
        self.graph = graph
        for value in graph.values {
            guard let constant = value.constant else { continue }
            values[value.id] = writer.constant(constant, role: graph.role(of: value.id))
        }
        bind(zip(graph.inputs.map(\.value), inputs))
    }

    /// Lets values of the graph be values that are there already.
    package mutating func bind(_ pairs: some Sequence<(ValueID, ValueID)>) {
        for (own, value) in pairs { values[own] = value }
    }

    /// Adds nodes, which may be bound to inputs of other extents than they had, and so get the types that follow.
    package mutating func add(_ nodes: some Sequence<Node>, in writer: some GraphWriter) throws {
        for node in nodes {
            let results = try writer.addAgain(
                node, node.inputs.compactMap { values[$0] }, role: graph.role(of: node.output))
            bind(zip(node.outputs, results))
        }
    }

    /// What values of the graph are in the graph that is written.
    package func values(_ ids: [ValueID]) -> [ValueID] { ids.compactMap { values[$0] } }
}

extension Graph {
    /// What a value is within its layer: its name without the layer.
    fileprivate func role(of id: ValueID) -> String {
        let name = self[id].name
        return name.lastIndex(of: "/").map { String(name[name.index(after: $0)...]) } ?? name
    }
}

extension GraphWriter {
    /// Adds a node of another graph; extents that its attributes name follow those of its inputs.
    fileprivate func addAgain(
        _ node: Node, _ inputs: [ValueID], role: String
    ) throws -> [ValueID] {
        let types = try node.op.outputTypes(for: inputs.map { type(of: $0) })
        if case .reshape = node.op, types[0].shape.isStatic {
            return [try reshape(inputs[0], types[0].shape.dims)]
        }
        if case .reshapeLike(let payload) = node.op {
            return [try reshape(inputs[0], extents(payload.target, of: inputs))]
        }
        if case .broadcastLike(let payload) = node.op {
            return [try broadcast(inputs[0], extents(payload.target, of: inputs))]
        }
        if case .slice(var payload) = node.op, types[0].shape.isStatic {
            payload.sizes = types[0].shape.dims
            return try addMulti(payload.op, inputs, role: role)
        }
        return try addMulti(node.op, inputs, role: role)
    }

    private func extents(_ extents: [TargetExtent], of inputs: [ValueID]) -> [Extent] {
        extents.map {
            switch $0 {
            case .known(let extent): .known(extent)
            case .axis(let axis, let input): extent(axis, of: inputs[input])
            case .rest: .rest
            }
        }
    }
}
