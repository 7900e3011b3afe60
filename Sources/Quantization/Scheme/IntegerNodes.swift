import GraphIR
import Targets
import Tensors

/// Which nodes of a graph compute with integers.
struct IntegerNodes {
    private let graph: Graph
    private let target: Target
    private let ranges: [ValueID: ObservedRange]
    private let hasIntegerCells: Bool
    /// For each node that computes with integers the width of its activations.
    private(set) var bits: [NodeID: Int] = [:]
    /// Layers that stay real, with the reason.
    private(set) var realLayers: [(layer: String, reason: String)] = []

    /// Decides for all nodes.
    ///
    /// - Parameters:
    ///   - hasRealInterface: whether inputs and outputs of the file are real numbers.
    ///   - hasIntegerCells: whether recurrent cells that are one operator compute with integers.
    ///   - width: the width that the user wants for the activations of a layer; nil to keep it real.
    init(
        of graph: Graph, for target: Target, _ ranges: [ValueID: ObservedRange],
        hasRealInterface: Bool, hasIntegerCells: Bool, width: (String) -> Int?
    ) {
        self.graph = graph
        self.target = target
        self.ranges = ranges
        self.hasIntegerCells = hasIntegerCells
        let squashing = Set(graph.nodes.filter(isSquashing).map(\.layer))
        for node in graph.nodes {
            let bits = width(node.layer)
            let reason: String? =
                if bits == nil {
                    "as asked for"
                } else if squashing.contains(node.layer), !isProduct(node) {
                    "its exponentials, roots or quotients lose too much as integers"
                } else {
                    objection(to: node, bits: bits ?? 8)
                }
            if let reason { keepReal(node, reason) } else { self.bits[node.id] = bits }
        }
        let narrow = NarrowParts(
            graph: graph, ranges: ranges, bits: bits, hasRealInterface: hasRealInterface
        ).nodes()
        for node in graph.nodes where narrow.contains(node.id) && bits[node.id] != nil {
            keepReal(node, "one scale leaves too little of the smaller ones of its numbers")
        }
        growIslands()
    }

    /// How many recurrent cells that are one operator compute with integers.
    var integerCells: Int {
        graph.nodes.count {
            bits[$0.id] != nil && $0.op.payload.quantizationRule == .recurrent
        }
    }

    private mutating func keepReal(_ node: Node, _ reason: String) {
        bits[node.id] = nil
        if !reason.isEmpty, !realLayers.contains(where: { $0.layer == node.layer }) {
            realLayers.append((node.layer, reason))
        }
    }

    /// Whether a function brings small numbers and large ones so close that one scale cannot tell them apart.
    private func isSquashing(_ node: Node) -> Bool {
        guard graph[node.output].dtype == .float32, !node.inputs.allSatisfy(graph.isConstant) else {
            return false
        }
        if case .unary(let unary) = node.op {
            return [.exp, .log, .sqrt, .rsqrt].contains(unary.kind)
        }
        if case .binary(let binary) = node.op { return [.divide, .power].contains(binary.kind) }
        return false
    }

    /// Whether a node is a sum of products, a cell, a softmax or a move, which integers do well in any company.
    private func isProduct(_ node: Node) -> Bool {
        if case .filter = graph.linearity(of: node) {
            return true
        }
        if case .batchMatMul = node.op { return true }
        if case .softmax = node.op { return true }
        return node.op.payload.quantizationRule == .recurrent
    }

    /// Why a node cannot compute with integers; empty if it has no real numbers, nil if it can.
    private func objection(to node: Node, bits: Int) -> String? {
        let real = (node.inputs + node.outputs).filter { graph[$0].dtype == .float32 }
        let computed = node.inputs.filter { graph[$0].dtype == .float32 && !graph.isConstant($0) }
        guard !real.isEmpty, !computed.isEmpty || isPicking(node) else { return "" }
        guard let builtin = node.op.builtin, let limits = target[builtin],
            limits.integers.contains(bits == 8 ? .int8 : .int16)
        else { return "\(target.name) has no integer form of \(node.op.functionName)" }
        switch node.op.payload.quantizationRule {
        case .floatOnly, .carried: return "\(node.op.functionName) has no integer form"
        case .recurrent:
            if let reason = objection(toCell: node, bits: bits) { return reason }
        case .fixed(let fixed):
            if bits == 16, fixed.wideScale == nil {
                return "\(node.op.functionName) has no form of 16 bits"
            }
        case .free, .sameAsInput, .sameAsOutput, .unscaled: break
        }
        if comparesLargeNumbers(node) {
            return "it compares numbers that are too large for integers"
        }
        if hasComputedWeights(node) { return "its weights are computed" }
        guard
            (computed + node.outputs.filter { graph[$0].dtype == .float32 })
                .allSatisfy({ ranges[$0] != nil || graph.useCount(of: $0) == 0 })
        else { return "its numbers are infinite, or so large that they stand for infinity" }
        return nil
    }

    /// Why a recurrent cell cannot compute with integers; nil if it can.
    private func objection(toCell node: Node, bits: Int) -> String? {
        guard hasIntegerCells else { return "its cell computes with floats beside 8-bit weights" }
        guard bits == 8 else { return "\(node.op.functionName) has no form of 16 bits" }
        guard target.setsIntegerCells else {
            return "\(target.name) has no operator that sets its states"
        }
        guard case .lstm(let lstm) = node.op, lstm.activation == .tanh else {
            return "its integer form has no activation but tanh"
        }
        guard node.inputs.count == 4, graph.useCount(of: node.outputs[1]) == 0,
            node.inputs.dropFirst().allSatisfy(graph.isConstant)
        else { return "its integer form does not take or give its states" }
        guard let cell = ranges[node.outputs[1]], CellScale(cell) != nil else {
            return "its cell takes on numbers that are too large for its integer form"
        }
        return nil
    }

    /// Whether a node compares numbers whose scale is not below 1, on which kernels abort.
    private func comparesLargeNumbers(_ node: Node) -> Bool {
        guard case .binary(let binary) = node.op, binary.kind.isComparison else { return false }
        return node.inputs.contains { id in
            let extremes = graph.constant(id).map { $0.extremes()[0] }
            let range = extremes.map { ObservedRange($0.low, $0.high) } ?? ranges[id]
            return (range?.width ?? 0) >= 254
        }
    }

    /// Whether a node picks rows of a constant table.
    private func isPicking(_ node: Node) -> Bool {
        if case .gather = node.op { graph.isConstant(node.inputs[0]) } else { false }
    }

    private func hasComputedWeights(_ node: Node) -> Bool {
        if case .filter = graph.linearity(of: node) {
            return !node.inputs.dropFirst().allSatisfy(graph.isConstant)
        }
        if case .prelu = node.op { return !graph.isConstant(node.inputs[1]) }
        return false
    }

    /// Lets what lies between real nodes be real: conversions would cost more than they bring.
    private mutating func growIslands() {
        var isChanged = true
        while isChanged {
            isChanged = false
            for node in graph.nodes where bits[node.id] != nil && !isProduct(node) {
                let makers = node.inputs.filter {
                    graph[$0].dtype == .float32 && !graph.isConstant($0)
                }
                .map { graph.producer(of: $0) }
                let users = node.outputs.flatMap { graph.users(of: $0) }
                let isSurrounded =
                    makers.allSatisfy { $0.map { bits[$0.id] == nil } ?? true }
                    && users.allSatisfy { bits[$0.id] == nil }
                guard isSurrounded, !(makers.isEmpty && users.isEmpty) else { continue }
                bits[node.id] = nil
                isChanged = true
            }
        }
    }
}
