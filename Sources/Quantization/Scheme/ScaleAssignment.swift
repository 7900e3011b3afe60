import GraphIR
import Tensors

/// The storages of all values that nodes read or make as integers, and of what nodes read in another storage than it has.
struct ScaleAssignment {
    private let graph: Graph
    private let ranges: [ValueID: ObservedRange]
    private var groups = ScaleGroups()
    /// Inputs that a node reads in a storage of its own.
    private var ownInputs: [NodeInputKey: ScaleGroups.Group] = [:]

    private struct NodeInputKey: Hashable {
        let node: NodeID
        let position: Int
    }

    /// How much wider the common range of values may be than that of one of them that others read too.
    private static let widening = 1.25

    init(_ graph: Graph, _ nodes: IntegerNodes, _ ranges: [ValueID: ObservedRange]) {
        self.graph = graph
        self.ranges = ranges
        let chosen = graph.nodes.compactMap { node in nodes.bits[node.id].map { (node, $0) } }
        for (node, bits) in chosen { insert(node, bits) }
        for (node, bits) in chosen { joinMoved(node, bits) }
        for (node, bits) in chosen { joinJoined(node, bits) }
        for (node, bits) in chosen { makeSymmetric(node, bits) }
    }

    /// The storage of a value of some width.
    func storage(of value: ValueID, bits: Int) -> Storage {
        let stored = StoredValue(value: value, bits: bits)
        let group = groups.contains(stored) ? groups[stored] : .init(range: ranges[value])
        return ScaleChoice(bits: bits).storage(of: group)
    }

    /// The storage of an output of a node; the cell of a recurrent operation has one that the operator prescribes.
    func storage(ofOutput position: Int, of node: Node, bits: Int) -> Storage {
        let id = node.outputs[position]
        if isCell(position, of: node), let scale = ranges[id].flatMap({ CellScale($0) }) {
            return scale.storage
        }
        return storage(of: id, bits: bits)
    }

    private func isCell(_ position: Int, of node: Node) -> Bool {
        position > 0 && node.op.payload.quantizationRule == .recurrent
    }

    /// The storage in which a node reads an activation.
    func storage(ofInput position: Int, of node: Node, bits: Int) -> Storage {
        if let own = ownInputs[NodeInputKey(node: node.id, position: position)] {
            return ScaleChoice(bits: bits).storage(of: own)
        }
        if node.op.payload.quantizationRule == .sameAsOutput {
            return storage(of: node.output, bits: bits)
        }
        return storage(of: node.inputs[position], bits: bits)
    }

    /// The storage of a constant that a node reads like an activation.
    func storage(ofConstant constant: Constant, of node: Node, bits: Int) -> Storage {
        switch node.op.payload.quantizationRule {
        case .sameAsOutput, .sameAsInput: return storage(of: node.output, bits: bits)
        case .free, .fixed, .unscaled, .floatOnly, .recurrent, .carried: break
        }
        let extremes = constant.extremes()[0]
        var range = ObservedRange(extremes.low, extremes.high)
        // What lies far beyond all other numbers stands for infinity.
        let others = (node.inputs + node.outputs).compactMap { ranges[$0]?.magnitude }.max() ?? 0
        if range.magnitude > 1e6, range.magnitude > 1000 * others {
            range = ObservedRange(max(range.low, -4 * others), min(range.high, 4 * others))
        }
        return ScaleChoice(bits: bits).storage(of: range)
    }

    private func realInputs(_ node: Node) -> [ValueID] {
        node.inputs.filter { graph[$0].dtype == .float32 && !graph.isConstant($0) }
    }

    private mutating func insert(_ node: Node, _ bits: Int) {
        for value in realInputs(node) + node.outputs where graph[value].dtype == .float32 {
            groups.insert(
                StoredValue(value: value, bits: bits), ScaleGroups.Group(range: ranges[value]))
        }
        if case .fixed(let fixed) = node.op.payload.quantizationRule {
            groups[StoredValue(value: node.output, bits: bits)].fixed = fixed
        }
    }

    /// What a node moves has the scale of where it comes from.
    private mutating func joinMoved(_ node: Node, _ bits: Int) {
        guard node.op.payload.quantizationRule == .sameAsInput else { return }
        let output = StoredValue(value: node.output, bits: bits)
        guard let table = graph.constant(node.inputs[0]) else {
            return groups.join(StoredValue(value: node.inputs[0], bits: bits), output)
        }
        let extremes = table.extremes()[0]
        let range = ObservedRange(extremes.low, extremes.high)
        groups[output].range = groups[output].range?.union(range) ?? range
    }

    /// What a node joins has the scale of the result, unless that costs other readers too much.
    private mutating func joinJoined(_ node: Node, _ bits: Int) {
        guard node.op.payload.quantizationRule == .sameAsOutput else { return }
        let output = StoredValue(value: node.output, bits: bits)
        let inputs = realInputs(node).map { StoredValue(value: $0, bits: bits) }
        let constants = node.inputs.compactMap { graph.constant($0) }.filter {
            $0.dtype == .float32
        }
        let fixed = Set(inputs.map { groups[$0].fixed })
        if let only = fixed.first, let prescribed = only, fixed.count == 1, constants.isEmpty {
            for input in inputs { groups.join(input, output) }
            groups[output].fixed = prescribed
            return
        }
        for input in inputs where groups[input].fixed == nil {
            let users = graph.users(of: input.value)
            let isOwn = users.allSatisfy { $0.id == node.id } && !graph.isOutput(input.value)
            let wide = Self.widening * (groups[output].range?.width ?? 0)
            // What lies beyond the range of the result is not in it, so that it may be cut off.
            if wide < groups[input].range?.width ?? 0 {
                guard isOwn, !isMoved(input.value) else { continue }
                groups[input].range = groups[output].range
            }
            let isClose =
                groups[output].range?.width ?? 0
                <= Self.widening * (groups[input].range?.width ?? 0)
            if isOwn || isClose { groups.join(input, output) }
        }
    }

    /// Whether a value has the scale of what it was made of, or is read again by the next step.
    private func isMoved(_ value: ValueID) -> Bool {
        guard let rule = graph.producer(of: value)?.op.payload.quantizationRule else {
            return false
        }
        return rule == .sameAsInput || rule == .sameAsOutput || rule == .recurrent
    }

    /// The right side of a product of two activations has the zero point 0, which not all runtimes can do without.
    private mutating func makeSymmetric(_ node: Node, _ bits: Int) {
        guard case .batchMatMul = node.op, !graph.isConstant(node.inputs[1]) else { return }
        let right = StoredValue(value: node.inputs[1], bits: bits)
        if groups[right].fixed == nil {
            groups[right].isSymmetric = true
        } else {
            ownInputs[NodeInputKey(node: node.id, position: 1)] = ScaleGroups.Group(
                range: ranges[right.value], isSymmetric: true)
        }
    }
}
