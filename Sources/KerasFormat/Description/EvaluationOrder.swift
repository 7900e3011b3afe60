import Problems

/// A call of a layer in a model.
package struct LayerCall: Sendable, Hashable {
    /// The index in `ModelDescription.layers`.
    package let layer: Int
    /// The index in the layer's `calls`.
    package let node: Int
}

extension ModelDescription {
    /// All calls, each after those whose tensors it takes; otherwise in the order of the file.
    ///
    /// - Throws: `Problem.Kind.brokenTopology` for references to layers or calls that do not exist, and for cycles.
    package func evaluationOrder() throws -> [LayerCall] {
        let graph = try CallGraph(self)
        let order = graph.sorted()
        guard order.count == graph.calls.count else {
            throw Problem(.brokenTopology(cycle(among: graph, without: order)))
        }
        return order
    }

    private func cycle(among graph: CallGraph, without order: [LayerCall]) -> String {
        let done = Set(order)
        let rest = graph.calls.filter { !done.contains($0) }.map { layers[$0.layer].name }
        let shown = rest.prefix(5).map { "'\($0)'" }.joined(separator: ", ")
        return "the layers \(shown)\(rest.count > 5 ? " …" : "") depend on each other in a circle"
    }
}

/// The calls of a model and what they wait for.
private struct CallGraph {
    let calls: [LayerCall]
    /// For each call, the calls that take its tensors.
    private var users: [[Int]]
    /// For each call, how many tensors it takes from other calls.
    private var waits: [Int]

    init(_ model: ModelDescription) throws {
        let firstCalls = model.layers.reduce(into: [0]) {
            $0.append(($0.last ?? 0) + $1.calls.count)
        }
        let indices = Dictionary(
            model.layers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first }
        )
        calls = model.layers.indices.flatMap { layer in
            model.layers[layer].calls.indices.map { LayerCall(layer: layer, node: $0) }
        }
        users = [[Int]](repeating: [], count: calls.count)
        waits = [Int](repeating: 0, count: calls.count)

        /// The index of the call that makes `tensor`; nil for an input.
        func producer(of tensor: TensorReference) throws -> Int? {
            guard let index = indices[tensor.layer] else {
                throw Problem(.brokenTopology("there is no layer '\(tensor.layer)'"))
            }
            let layer = model.layers[index]
            if layer.calls.isEmpty, layer.isInput, tensor.node == 0 { return nil }
            guard layer.calls.indices.contains(tensor.node) else {
                throw Problem(
                    .brokenTopology("the layer '\(layer.name)' has no call \(tensor.node)"))
            }
            return firstCalls[index] + tensor.node
        }

        for (position, call) in calls.enumerated() {
            let layer = model.layers[call.layer]
            for tensor in layer.calls[call.node].tensors {
                let source = try locating(layer: layer.name, class: layer.className) {
                    try producer(of: tensor)
                }
                if let source {
                    users[source].append(position)
                    waits[position] += 1
                }
            }
        }
        for tensor in model.inputs.tensors + model.outputs.tensors {
            _ = try producer(of: tensor)
        }
    }

    /// The calls in order of evaluation; those in circles are left out.
    func sorted() -> [LayerCall] {
        var waits = waits
        var order = calls.indices.filter { waits[$0] == 0 }
        var next = 0
        while next < order.count {
            for user in users[order[next]] {
                waits[user] -= 1
                if waits[user] == 0 { order.append(user) }
            }
            next += 1
        }
        return order.map { calls[$0] }
    }
}
