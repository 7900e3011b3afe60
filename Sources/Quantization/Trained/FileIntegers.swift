import GraphIR
import Tensors

/// Weights that the file of a model holds as integers.
package enum FileIntegers {
    /// Whether a graph has such weights.
    package static func exist(in graph: Graph) -> Bool {
        graph.values.contains { $0.constant.flatMap(roundsInputs) != nil }
    }

    /// Whether the layer of a constant that a file holds as integers rounds what it multiplies by it; nil for other constants.
    private static func roundsInputs(_ constant: Constant) -> Bool? {
        guard case .file(let roundsInputs)? = constant.grid?.origin else { return nil }
        return roundsInputs
    }

    /// Stores such weights as the integers that they are.
    ///
    /// Matrix products whose layer rounds its inputs do so in the file, too; everything else computes with the real numbers
    /// that the integers stand for.
    package static func store(in graph: inout Graph) -> WeightSummary {
        var result = WeightSummary()
        for id in graph.nodeIDs {
            guard let node = graph.node(id) else { continue }
            for use in WeightUse.uses(of: node, in: graph) {
                guard let constant = graph.constant(use.value),
                    let rounds = roundsInputs(constant),
                    let storage = storage(of: constant, use, of: node, in: graph)
                else { continue }
                if graph[use.value].storage == .expressed {
                    graph.setStorage(use.value, storage)
                    result.note(constant, bits: storage.bitCount ?? 8)
                }
                if case .gather = node.op {
                    TableLookup.flatten(node, in: &graph)
                } else if case .fullyConnected = node.op, rounds {
                    continue
                } else {
                    express(use.value, for: id, in: &graph)
                }
            }
        }
        return result
    }

    private static func storage(
        of constant: Constant, _ use: WeightUse, of node: Node, in graph: Graph
    ) -> Storage? {
        let isNarrow = constant.grid?.bits == 4
        if case .gather = node.op {
            guard TableLookup.fits(node, in: graph, bits: 8) else { return nil }
            let bits = isNarrow && TableLookup.fits(node, in: graph, bits: 4) ? 4 : 8
            return WeightUse.grid(of: constant, .axis(0), bits: bits)
        }
        return WeightUse.grid(
            of: constant, use.scales, bits: isNarrow && use.takesFourBits ? 4 : 8)
    }

    /// Lets a node read the real numbers that a stored constant stands for.
    private static func express(_ id: ValueID, for reader: NodeID, in graph: inout Graph) {
        guard let node = graph.node(reader) else { return }
        let value = graph[id]
        let real = graph.addValue(value.type, name: "\(value.name)/real")
        graph.addNode(
            ChangeStorage().op, inputs: [id], outputs: [real], layer: node.layer,
            createdBy: "quantization", before: reader)
        graph.setInputs(node.inputs.map { $0 == id ? real : $0 }, of: reader)
    }
}
