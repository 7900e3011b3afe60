import GraphIR

/// Finds nodes that have to compute with real numbers, because integers would leave too little of a part of their numbers.
///
/// Elements that are moved or joined have one scale. What is picked out of far larger numbers would be a handful of integers,
/// as would be a short column of an output that is joined with a tall one.
struct NarrowParts {
    let graph: Graph
    let ranges: [ValueID: ObservedRange]
    /// For each node that could compute with integers the width of its activations.
    let bits: [NodeID: Int]
    /// Whether inputs and outputs of the file are real numbers.
    let hasRealInterface: Bool

    /// How many bits of a part have to be left.
    private static let leastBits = 4
    /// The magnitude by which the greatest factor of a channel has to exceed the least before one scale does not serve both.
    static let factorSpread = 16.0

    /// The nodes.
    func nodes() -> Set<NodeID> {
        var found: Set<NodeID> = []
        for node in graph.nodes {
            guard let width = bits[node.id] else { continue }
            if node.op.payload.quantizationRule == .sameAsInput {
                let source = moves(to: node)
                guard let root = source.last?.inputs.first, let whole = ranges[root],
                    node.outputs.contains(where: { isLost($0, in: whole, width) })
                else { continue }
                found.formUnion(source.map(\.id))
                if let maker = graph.producer(of: root) { found.insert(maker.id) }
            } else if joinsOutput(node, width) || scalesInput(node, found) {
                found.insert(node.id)
            }
        }
        return found
    }

    /// A node and those before it that move the same elements, the last of which reads what none has moved.
    private func moves(to node: Node) -> [Node] {
        var chain = [node]
        while let maker = graph.producer(of: chain[chain.count - 1].inputs[0]),
            maker.op.payload.quantizationRule == .sameAsInput
        {
            chain.append(maker)
        }
        return graph.isConstant(chain[chain.count - 1].inputs[0]) ? [] : chain
    }

    /// Whether too few integers of the range of `whole` lie in the range of a value.
    private func isLost(_ part: ValueID, in whole: ObservedRange, _ width: Int) -> Bool {
        guard let range = ranges[part], graph.useCount(of: part) > 0 else { return false }
        return range.width > 0 && range.width * Double(1 << (width - Self.leastBits)) < whole.width
    }

    /// Whether a node joins numbers of very different sizes for an output of the file alone.
    private func joinsOutput(_ node: Node, _ width: Int) -> Bool {
        guard hasRealInterface, graph.linearity(of: node) == .joining,
            node.op.payload.quantizationRule == .sameAsOutput, let whole = ranges[node.output],
            graph.isOutput(node.output), graph.users(of: node.output).isEmpty
        else { return false }
        return node.inputs.contains { isLost($0, in: whole, width) }
    }

    /// Whether a node brings channels of an input of the file to one size.
    private func scalesInput(_ node: Node, _ scaling: Set<NodeID>) -> Bool {
        guard hasRealInterface, case .binary(let binary) = node.op,
            [.add, .subtract, .multiply, .divide].contains(binary.kind),
            let factors = node.inputs.lazy.compactMap({ graph.constant($0) }).first,
            let input = node.inputs.first(where: { !graph.isConstant($0) }),
            graph.producer(of: input).map({ scaling.contains($0.id) })
                ?? graph.inputs.contains(where: { $0.value == input }),
            factors.shape.elementCount > 1, factors.shape.elementCount <= 1 << 16
        else { return false }
        let magnitudes = factors.doubles().map { abs($0) }.filter { $0 > 0 }
        return (magnitudes.max() ?? 0) >= Self.factorSpread * (magnitudes.min() ?? 0)
            && !magnitudes.isEmpty
    }
}
