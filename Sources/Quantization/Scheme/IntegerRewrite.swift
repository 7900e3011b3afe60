import GraphIR
import Problems
import Tensors

/// Gives values their storages, and nodes that compute with integers operands that are stored so.
struct IntegerRewrite {
    private let scheme: IntegerScheme
    private let nodes: IntegerNodes
    private let scales: ScaleAssignment
    private let ranges: [ValueID: ObservedRange]
    /// How many nodes handle real numbers.
    private(set) var nodeCount = 0
    /// The values that hold a value in another storage.
    private var changed: [Change: ValueID] = [:]

    private struct Change: Hashable {
        let value: ValueID
        let storage: Storage
    }

    init(
        _ scheme: IntegerScheme, _ nodes: IntegerNodes, _ scales: ScaleAssignment,
        _ ranges: [ValueID: ObservedRange]
    ) {
        self.scheme = scheme
        self.nodes = nodes
        self.scales = scales
        self.ranges = ranges
    }

    mutating func run(on graph: inout Graph) throws {
        try storeInputs(of: &graph)
        for id in graph.nodeIDs {
            guard let node = graph.node(id) else { continue }
            if node.outputs.contains(where: { graph[$0].dtype == .float32 }) { nodeCount += 1 }
            guard let bits = nodes.bits[id] else { continue }
            try rewrite(node, bits, in: &graph)
        }
        try storeOutputs(of: &graph)
    }

    /// Inputs of the file are stored if its interface asks for integers.
    private func storeInputs(of graph: inout Graph) throws {
        for port in graph.inputs where graph[port.value].dtype == .float32 {
            if let storage = try interfaceStorage(of: port) {
                graph.setStorage(port.value, storage)
            }
        }
    }

    /// The storage of an input or output of the file; nil for real numbers.
    ///
    /// - Throws: `Problem.Kind.unsupported` if no integers stand for its numbers.
    private func interfaceStorage(of port: Port) throws -> Storage? {
        guard case .integer(let bits, let isSigned) = scheme.interface else { return nil }
        guard ranges[port.value] != nil else {
            throw Problem(
                .unsupported(
                    what:
                        "'\(port.name)' takes on numbers that are infinite or stand for infinity, so it "
                        + "cannot be an integer",
                    remedy: "Leave out \(.interface)."))
        }
        let storage = scales.storage(of: port.value, bits: bits)
        guard !isSigned, let scale = storage.scale, let zeroPoint = storage.zeroPoint else {
            return storage
        }
        return .integer(
            bits: bits, isSigned: false,
            QuantizationParameters(scale: scale, zeroPoint: zeroPoint + 1 << (bits - 1)))
    }

    private mutating func rewrite(_ node: Node, _ bits: Int, in graph: inout Graph) throws {
        var inputs = node.inputs
        let filter = try filterStorage(of: node, bits, in: graph)
        for (position, id) in node.inputs.enumerated() where graph[id].dtype == .float32 {
            if let constant = graph.constant(id) {
                let storage: Storage? =
                    switch (filter, position) {
                    case (let filter?, 1): filter.filter
                    case (let filter?, biasPosition(of: node)): filter.bias
                    case (_, _): constantStorage(constant, position, of: node, bits)
                    }
                guard let storage else { continue }
                let isCell = node.op.payload.quantizationRule == .recurrent
                inputs[position] = stored(
                    isCell ? SumPreservingRounding.rounded(constant, to: storage) : constant, id,
                    as: storage, in: &graph)
            } else {
                let storage = scales.storage(ofInput: position, of: node, bits: bits)
                inputs[position] = change(id, to: storage, for: node, in: &graph)
            }
        }
        if demandsBias(node), inputs.count == 2, let filter {
            inputs.append(zeroBias(of: node, filter, bits, in: &graph))
        }
        graph.setInputs(inputs, of: node.id)
        for (position, output) in node.outputs.enumerated() where graph[output].dtype == .float32 {
            graph.setStorage(output, scales.storage(ofOutput: position, of: node, bits: bits))
        }
    }

    /// A constant in a storage; the nodes that read it alike, such as the steps of a recurrence, share it.
    private mutating func stored(
        _ constant: Constant, _ id: ValueID, as storage: Storage, in graph: inout Graph
    ) -> ValueID {
        let key = Change(value: id, storage: storage)
        if let known = changed[key] { return known }
        let new = graph.addValue(graph[id].type, name: graph[id].name, constant: constant)
        graph.setStorage(new, storage)
        changed[key] = new
        return new
    }

    private func filterStorage(
        of node: Node, _ bits: Int, in graph: Graph
    ) throws -> FilterStorage? {
        guard isSumOfProducts(node, in: graph), let filter = graph.constant(node.inputs[1])
        else { return nil }
        let position = biasPosition(of: node)
        let bias = node.inputs.count > position ? graph.constant(node.inputs[position]) : nil
        let storage = FilterStorage(
            filter, bias, input: scales.storage(ofInput: 0, of: node, bits: bits),
            scheme.scales(of: node, in: graph), weightBits: scheme.weightBits)
        guard let storage else {
            throw Problem(
                .unsupported(
                    what: "a weight is infinite or NaN, which no integer stands for",
                    remedy: "Leave the layer in float with \(.floatLayers)."), layer: node.layer)
        }
        return storage
    }

    private func isSumOfProducts(_ node: Node, in graph: Graph) -> Bool {
        if case .filter = graph.linearity(of: node) { return true }
        return node.op.payload.quantizationRule == .recurrent
    }

    /// The input that is the bias, behind the kernels.
    private func biasPosition(of node: Node) -> Int {
        if case .lstm = node.op { 3 } else { 2 }
    }

    private func demandsBias(_ node: Node) -> Bool {
        if case .conv2D = node.op { return true }
        if case .depthwiseConv2D = node.op { return true }
        return false
    }

    /// A bias of zeros, which the operators of convolutions demand.
    private func zeroBias(
        of node: Node, _ filter: FilterStorage, _ bits: Int, in graph: inout Graph
    ) -> ValueID {
        let type = TensorType(.float32, [graph[node.output].shape[-1]])
        let value = graph.addValue(
            type, name: "\(node.layer)/bias",
            constant: Constant(Tensor.zeros(type.dtype, type.shape)))
        let input = scales.storage(ofInput: 0, of: node, bits: bits)
        if let storage = FilterStorage.bias(of: input, filter.filter) {
            graph.setStorage(value, storage)
        }
        return value
    }

    private func constantStorage(
        _ constant: Constant, _ position: Int, of node: Node, _ bits: Int
    ) -> Storage? {
        if case .lstm = node.op { return WeightUse.storage(of: constant, .rowGroups(4), bits: 8) }
        let isFactor =
            if case .prelu = node.op { true } else if case .batchMatMul = node.op {
                // Both sides of a product have one type.
                position == 1 && bits == 8
            } else { false }
        return isFactor
            ? WeightUse.storage(of: constant, .tensor, bits: 8)
            : scales.storage(ofConstant: constant, of: node, bits: bits)
    }

    /// A value in a storage: itself, or what a conversion makes of it.
    private mutating func change(
        _ id: ValueID, to storage: Storage, for node: Node, in graph: inout Graph
    ) -> ValueID {
        if graph[id].storage == storage { return id }
        let key = Change(value: id, storage: storage)
        if let known = changed[key] { return known }
        let value = graph[id]
        let new = graph.addValue(value.type, name: "\(value.name)/\(storage.dtype?.rawValue ?? "")")
        graph.setStorage(new, storage)
        graph.addNode(
            ChangeStorage().op, inputs: [id], outputs: [new], layer: node.layer,
            createdBy: "quantization", before: node.id)
        changed[key] = new
        return new
    }

    /// Outputs leave the file as its interface asks; what is kept for the next run stays real.
    private mutating func storeOutputs(of graph: inout Graph) throws {
        for (index, port) in graph.outputs.enumerated() where graph[port.value].dtype == .float32 {
            guard !graph.isConstant(port.value) else { continue }
            let storage = try interfaceStorage(of: port) ?? .expressed
            guard graph[port.value].storage != storage else { continue }
            graph.setOutput(index, to: graph.addOutlet(of: port.value, as: storage))
        }
        graph.expressStates()
    }
}
