import GraphIR
import Tensors

/// Two sums of products, or an input of the graph and a sum, with nothing between them that would not let a positive factor of a
/// channel pass.
struct EqualizedPair {
    private let first: ValueID
    private let second: ValueID
    /// Whether the pair begins with an input of the graph.
    let beginsWithInput: Bool
    /// The result of the first sum, or the input.
    var result: ValueID { first }
    /// What the second sum reads.
    let value: ValueID
    /// The channels of the first sum, or the last extent of the input; the second one reads them again and again if they have been flattened.
    let channels: Int

    /// The pair that begins with a node; nil if none does.
    init?(from node: Node, in graph: Graph) {
        guard let first = Self.filter(of: node, in: graph),
            [.none, .relu, .relu6].contains(node.op.activation ?? .none)
        else { return nil }
        let channels = graph[node.inputs[1]].shape[first.output]
        guard graph[node.output].shape.dims.last == channels else { return nil }
        self.init(from: node.output, channels, in: graph)
    }

    /// The pair that begins with an input of a graph; nil if none does.
    init?(fromInput input: ValueID, in graph: Graph) {
        guard graph[input].dtype == .float32, let channels = graph[input].shape.dims.last,
            channels > 1
        else { return nil }
        self.init(from: input, channels, in: graph)
    }

    private init?(from start: ValueID, _ channels: Int, in graph: Graph) {
        self.channels = channels
        first = start
        beginsWithInput = graph.producer(of: start) == nil
        var value = start
        while true {
            guard let user = graph.soleUser(of: value), user.inputs.first == value else {
                return nil
            }
            if let axes = Self.filter(of: user, in: graph) {
                let extent = graph[user.inputs[1]].shape[axes.input]
                let isOwn = axes.input == axes.output
                guard isOwn ? extent == channels : extent % channels == 0 else { return nil }
                self.value = value
                second = user.output
                return
            }
            guard Self.passes(user, in: graph) else { return nil }
            value = user.output
        }
    }

    /// The axes of the constant weights of a sum of products without groups; nil for other nodes.
    private static func filter(of node: Node, in graph: Graph) -> FilterAxes? {
        guard case .filter(let axes) = graph.linearity(of: node),
            node.inputs.dropFirst().allSatisfy({
                graph.isConstant($0) && graph[$0].dtype == .float32
            }
            ), node.outputs.count == 1
        else { return nil }
        return axes
    }

    /// Whether each channel of a node's result follows from the same channel of its input alone, as a multiple.
    private static func passes(_ node: Node, in graph: Graph) -> Bool {
        let input = graph[node.inputs[0]].shape
        let output = graph[node.output].shape
        if case .pool2D(let pool) = node.op { return [.none, .relu].contains(pool.activation) }
        if case .pad(let pad) = node.op {
            return pad.value == 0 && pad.amounts.last == PadAmount.none
        }
        if case .reduce(let reduce) = node.op {
            return [.mean, .max].contains(reduce.kind) && output.dims.last == input.dims.last
                && !reduce.axes.contains { $0 == input.rank - 1 || $0 == -1 }
        }
        guard case .reshape = node.op, let channels = input.dims.last, let last = output.dims.last
        else { return false }
        return channels > 0 && last % channels == 0
    }

    /// For each channel the greatest magnitude of its weights in the second sum, as a part of the greatest of the output channel;
    /// nil if each channel has weights of its own.
    func weightShares(in graph: Graph) -> [Double]? {
        guard let node = graph.producer(of: second),
            let axes = Self.filter(of: node, in: graph),
            let weights = graph.constant(node.inputs[1])
        else { return nil }
        if axes.input == axes.output { return nil }
        let rows = weights.extremes(along: axes.output).map { max(-$0.low, $0.high, 1e-30) }
        let relative = weights.scaled(by: rows.map { 1 / $0 }, axis: axes.output)
        var shares = [Double](repeating: 0, count: channels)
        for (index, extreme) in relative.extremes(along: axes.input).enumerated() {
            shares[index % channels] = max(
                shares[index % channels], -extreme.low, extreme.high)
        }
        return shares
    }

    /// Divides the channels by the factors and multiplies the weights that read them.
    func scale(by factors: [Double], in graph: inout Graph) {
        let inverse = factors.map { 1 / $0 }
        if beginsWithInput {
            multiplyInput(by: inverse, in: &graph)
        } else {
            scaleMaker(by: inverse, in: &graph)
        }
        guard let reader = graph.producer(of: second),
            let read = Self.filter(of: reader, in: graph)
        else { return }
        let extent = graph[reader.inputs[1]].shape[read.input]
        let repeated = (0..<extent).map { factors[$0 % factors.count] }
        var operands = reader.inputs
        operands[1] = Self.scaled(operands[1], by: repeated, axis: read.input, in: &graph)
        graph.setInputs(operands, of: reader.id)
    }

    private func scaleMaker(by inverse: [Double], in graph: inout Graph) {
        guard let maker = graph.producer(of: first), let made = Self.filter(of: maker, in: graph)
        else { return }
        var inputs = maker.inputs
        inputs[1] = Self.scaled(inputs[1], by: inverse, axis: made.output, in: &graph)
        if inputs.count > 2 {
            inputs[2] = Self.scaled(inputs[2], by: inverse, axis: 0, in: &graph)
        }
        let op = maker.op.activation == .relu6 ? maker.op.clamping(to: .relu) : nil
        graph.setInputs(inputs, of: maker.id, op: op)
    }

    private func multiplyInput(by inverse: [Double], in graph: inout Graph) {
        guard let user = graph.soleUser(of: first) else { return }
        let value = graph[first]
        let layer = value.layer ?? value.name
        let constant = Constant(inverse, [channels])
        let factors = graph.addValue(
            TensorType(.float32, constant.shape), name: "\(value.name)/factors", constant: constant)
        let product = graph.addValue(value.type, name: "\(value.name)/scaled")
        graph.addNode(
            Binary(.multiply).op, inputs: [first, factors], outputs: [product], layer: layer,
            createdBy: "equalization", before: user.id)
        graph.setInputs([product] + user.inputs.dropFirst(), of: user.id)
    }

    private static func scaled(
        _ id: ValueID, by factors: [Double], axis: Int, in graph: inout Graph
    ) -> ValueID {
        guard let constant = graph.constant(id) else { return id }
        return graph.addValue(
            graph[id].type, name: graph[id].name,
            constant: constant.scaled(by: factors, axis: axis),
            layer: graph[id].layer)
    }
}
