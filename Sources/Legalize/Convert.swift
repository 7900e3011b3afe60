import GraphIR
import Problems
import Targets
import Tensors

extension Legalize {
    /// Inserts conversions wherever `target` does not compute with what is stored, in the bodies of loops too.
    ///
    ///     before   stored ─ op ─ stored
    ///     after    stored ─ changeStorage ─ op ─ changeStorage ─ stored
    ///
    /// An operation keeps stored operands if the target has a kernel for them; otherwise it computes with real numbers.
    package static func convert(_ graph: inout Graph, for target: Target) throws {
        var real: [ValueID: ValueID] = [:]
        let ids = graph.nodeIDs
        for (index, id) in ids.enumerated() {
            if case .loop(var loop)? = graph.node(id)?.op {
                var body = loop.body.graph
                try convert(&body, for: target)
                loop.body = LoopBody(body)
                try graph.setOp(loop.op, of: id)
            }
            guard let node = graph.node(id), !target.takesStorages(of: node, in: graph) else {
                continue
            }
            let next = index + 1 < ids.count ? ids[index + 1] : nil
            convert(
                node, in: &graph, keeping: target.storedWeights(of: node, in: graph), before: next,
                &real)
        }
        try graph.verify(after: "convert")
    }

    /// Lets a node compute with real numbers.
    ///
    /// - Parameters:
    ///   - weights: what it reads as it is stored.
    ///   - real: the numbers that have been made of stored values so far.
    private static func convert(
        _ node: Node, in graph: inout Graph, keeping weights: [ValueID], before next: NodeID?,
        _ real: inout [ValueID: ValueID]
    ) {
        graph.removeNode(node.id)
        func change(_ old: ValueID, to new: ValueID) {
            graph.addNode(
                ChangeStorage().op, inputs: [old], outputs: [new], layer: node.layer,
                createdBy: "convert", before: next)
        }
        func unstored(_ id: ValueID) -> ValueID {
            let value = graph[id]
            return graph.addValue(value.type, name: "\(value.name)/real")
        }
        let inputs = node.inputs.map { id in
            guard graph[id].storage != .expressed, !weights.contains(id) else { return id }
            if let known = real[id] { return known }
            let number = unstored(id)
            change(id, to: number)
            real[id] = number
            return number
        }
        let outputs = node.outputs.map {
            graph[$0].storage == .expressed ? $0 : unstored($0)
        }
        graph.addNode(
            node.op, inputs: inputs, outputs: outputs, layer: node.layer,
            createdBy: node.createdBy, before: next)
        for (old, new) in zip(node.outputs, outputs) where old != new { change(new, to: old) }
    }
}
