import Evaluation
import GraphIR
import Tensors

/// The functions of elements that lead from one value to another, with constants along the channels at most.
///
/// Nothing else reads what is computed between.
struct ElementCone {
    /// The value that all is computed from.
    let source: ValueID
    /// The nodes in running order; the last one makes the result.
    let nodes: [Node]
    /// The extent of the constants along the last axis; 1 if all are single numbers.
    let channels: Int

    /// The most nodes that are looked at, and the most cones: in a chain of functions each value is the source of one.
    private static let largest = (nodes: 40, cones: 8)

    /// The cones that end at a node, from the smallest to the largest.
    static func all(endingAt root: Node, in graph: Graph) -> [ElementCone] {
        let type = graph[root.output].type
        guard type.dtype == .float32, graph.isFunctionOfElements(root, like: type.shape) else {
            return []
        }
        var (cones, nodes) = ([ElementCone](), [Node]())
        var open: [ValueID: Int] = [:]
        var next: Node? = root
        while let node = next, nodes.count < largest.nodes, cones.count < largest.cones {
            nodes.append(node)
            for input in node.inputs where !graph.isConstant(input) { open[input, default: 0] += 1 }
            if open.count == 1, let source = open.keys.first, graph[source].type == type {
                let constants = nodes.flatMap(\.inputs).compactMap { graph.constant($0) }
                cones.append(
                    ElementCone(
                        source: source, nodes: nodes.reversed(),
                        channels: constants.map(\.shape.elementCount).max() ?? 1))
            }
            let inner = open.keys.filter { value in
                guard let producer = graph.producer(of: value) else { return false }
                return graph.useCount(of: value) == open[value]
                    && graph.isFunctionOfElements(producer, like: type.shape)
            }.min { $0.index < $1.index }
            next = inner.flatMap { graph.producer(of: $0) }
            if let inner { open[inner] = nil }
        }
        return cones
    }

    /// All that the results depend on besides the source.
    struct Form: Hashable, Sendable {
        fileprivate enum Operand: Hashable {
            case source
            case node(Int)
            case constant([Double])
        }

        fileprivate let steps: [Step]
        fileprivate let channels: Int

        fileprivate struct Step: Hashable {
            let op: Op
            let operands: [Operand]
        }
    }

    /// What cones of equal functions have in common.
    func form(in graph: Graph) -> Form {
        let steps = nodes.map { node in
            Form.Step(
                op: node.op,
                operands: node.inputs.map { input in
                    if input == source { return .source }
                    if let constant = graph.constant(input) { return .constant(constant.doubles()) }
                    return .node(nodes.firstIndex { $0.output == input } ?? nodes.count)
                })
        }
        return Form(steps: steps, channels: channels)
    }

    /// The results `[samples, channels]` for some values of the source; nil if they cannot be computed.
    func evaluate(_ samples: [Float], in graph: Graph) throws -> [Double] {
        let inputs = samples.flatMap { [Float](repeating: $0, count: channels) }
        var values: [ValueID: Tensor] = [source: Tensor(inputs, [samples.count, channels])]
        for node in nodes {
            let operands = node.inputs.compactMap { input -> Tensor? in
                guard let constant = graph.constant(input) else { return values[input] }
                let count = constant.shape.elementCount
                return constant.reshaped(count == 1 ? [] : [count]).tensor()
            }
            values[node.output] = try node.op.evaluate(inputs: operands).first
        }
        return nodes.last.flatMap { values[$0.output] }.map { Constant($0).doubles() } ?? []
    }
}

extension Graph {
    /// Whether a node computes each element of a shape from the same elements of its inputs and from constants that are single
    /// numbers or vary along the last axis.
    fileprivate func isFunctionOfElements(_ node: Node, like shape: Shape) -> Bool {
        guard [.unary, .leakyReLU, .gelu, .binary, .select].contains(node.op.kind) else {
            return false
        }
        // Equality picks out single numbers, NaN among them.
        if case .binary(let binary) = node.op, [.equal, .notEqual].contains(binary.kind) {
            return false
        }
        return self[node.output].shape == shape
            && node.inputs.allSatisfy { input in
                guard let constant = constant(input) else { return self[input].shape == shape }
                let count = constant.shape.elementCount
                return self[input].dtype == .float32 && shape.rank > 0 && count <= 1 << 12
                    && (count == 1 || (count == shape[-1] && constant.shape[-1] == count))
            }
    }
}
