import Foundations
import TFLiteFormat

/// Counts the arithmetic that the operators of a TFLite file do.
package struct FileWork {
    private let model: TFLiteModel
    /// What one run of a subgraph costs, for those that were counted; 0 while one is being counted.
    private var known: [Int: Int] = [:]
    /// How many operators the one being counted is inside of.
    private var depth = 0

    /// The most operators with subgraphs inside each other that are followed, as many as the interpreter runs.
    private static let largestDepth = 8

    package init(_ model: TFLiteModel) {
        self.model = model
    }

    /// Multiply-accumulate operations of one run of a subgraph, saturating.
    package mutating func multiplyAccumulates(ofSubgraph index: Int) -> Int {
        if let cost = known[index] { return cost }
        guard model.subgraphs.indices.contains(index), depth <= Self.largestDepth else { return 0 }
        known[index] = 0
        depth += 1
        defer { depth -= 1 }
        let subgraph = model.subgraphs[index]
        let sum = subgraph.operators.reduce(0) {
            saturatingSum($0, multiplyAccumulates(of: $1, in: subgraph))
        }
        known[index] = sum
        return sum
    }

    /// Multiply-accumulate operations of one run of an operator; 0 for operators without products.
    ///
    /// A loop counts with all its rounds if the file says how many they are, else with one; a branch as its more expensive side.
    package mutating func multiplyAccumulates(
        of node: TFLiteOperator, in subgraph: TFLiteSubgraph
    ) -> Int {
        switch node.options?.table {
        case let loop as WhileOptions:
            let rounds = LoopRounds(model).count(of: node, loop, in: subgraph) ?? 1
            return saturatingProduct(rounds, multiplyAccumulates(ofSubgraph: loop.bodySubgraph))
        case let branch as IfOptions:
            return max(
                multiplyAccumulates(ofSubgraph: branch.thenSubgraph),
                multiplyAccumulates(ofSubgraph: branch.elseSubgraph))
        default:
            return OperatorProducts(
                model[node.opcodeIndex].builtin, node.options?.table,
                inputs: node.inputs.map { shape($0, in: subgraph) },
                output: node.outputs.first.map { shape($0, in: subgraph) } ?? []
            ).count
        }
    }

    /// The shape that a file says of a tensor, with 1 for free extents; empty if it is absent.
    private func shape(_ tensor: TensorIndex, in subgraph: TFLiteSubgraph) -> [Int] {
        tensor.isAbsent ? [] : subgraph[tensor].shape
    }
}
