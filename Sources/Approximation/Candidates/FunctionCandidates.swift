import Cost
import Foundations
import GraphIR
import Tensors

/// Replaces functions with exponentials by cheaper ones: out · f(in · x) + shift, fitted by least squares.
///
/// The factors and the shift fold into neighbours where these are linear.
struct FunctionCandidates {
    let costs: CostModel

    /// What can be done at a node; nil if it is not such a function.
    func site(_ node: Node, in graph: Graph) throws -> ApproximationSite? {
        guard let (input, present, cheaper) = functions(node, in: graph),
            graph[input].type.shape.isStatic, graph[input].dtype == .float32
        else { return nil }
        let type = graph[input].type
        let cost = try StageCost(of: present, from: type, costs: costs, residentBytes: 0)
        let candidates = try cheaper.map { function in
            Candidate(
                node: node.id, input: input, name: function.name,
                cost: try StageCost(
                    of: function.stages, from: type, costs: costs, residentBytes: 0),
                fit: FunctionFit(function: function).fitted)
        }
        return ApproximationSite(
            node: node.id, input: input, layer: node.layer, cost: cost,
            candidates: candidates.filter { $0.cost.time < cost.time })
    }

    /// What a node computes of which value, and what could stand in its place.
    private func functions(
        _ node: Node, in graph: Graph
    ) -> (input: ValueID, present: [Stage], cheaper: [CheapFunction])? {
        if case .unary(let unary) = node.op { return functions(unary.kind, node, in: graph) }
        if case .gelu = node.op {
            return (node.inputs[0], [Stage(node.op, [])], [.hardSwish, .rectifier])
        }
        for gate in node.inputs.compactMap({ graph.producer(of: $0) }) {
            guard let input = gated(by: gate, in: node) else { continue }
            let product = Stage(.unary(Unary(.square)), [])
            return (input, [Stage(gate.op, []), product], [.hardSwish, .rectifier])
        }
        return nil
    }

    private func functions(
        _ kind: UnaryFunction, _ node: Node, in graph: Graph
    ) -> (input: ValueID, present: [Stage], cheaper: [CheapFunction])? {
        let (input, present) = (node.inputs[0], [Stage(node.op, [])])
        switch kind {
        case .sigmoid:
            // The gate of a swish is replaced together with its product.
            guard graph.users(of: node.output).allSatisfy({ gated(by: node, in: $0) == nil })
            else { return nil }
            return (input, present, [.clampToUnit])
        case .tanh: return (input, present, [.clampToSignedUnit])
        case .elu: return (input, present, [.leaky, .rectifier])
        default: return nil
        }
    }

    /// The value x if a node is x · sigmoid(x).
    private func gated(by gate: Node, in node: Node) -> ValueID? {
        guard case .unary(let unary) = gate.op, unary.kind == .sigmoid,
            case .binary(let product) = node.op, product.kind == .multiply,
            Set(node.inputs) == [gate.output, gate.inputs[0]]
        else { return nil }
        return gate.inputs[0]
    }
}
