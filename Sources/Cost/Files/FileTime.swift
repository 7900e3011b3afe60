import Foundations
import TFLiteFormat
import Tensors

/// Predicts how long one run of a TFLite file takes.
package struct FileTime {
    private let model: TFLiteModel
    private let costs: CostModel
    private let residentBytes: Int

    package init(_ model: TFLiteModel, _ costs: CostModel) {
        self.model = model
        self.costs = costs
        residentBytes = model.buffers.reduce(0) { saturatingSum($0, $1.source?.byteCount ?? 0) }
    }

    /// Seconds of a run of the first subgraph.
    package var seconds: Double {
        guard !model.subgraphs.isEmpty else { return 0 }
        var work = FileWork(model)
        return (costs.rates.run + nanoseconds(ofSubgraph: 0, depth: 0, &work)) / 1e9
    }

    /// Seconds of each operator of the first subgraph, without what it takes to get to it.
    package var operatorSeconds: [Double] {
        guard let subgraph = model.subgraphs.first else { return [] }
        var work = FileWork(model)
        return subgraph.operators.map { node in
            let kind = OperatorClass(model[node.opcodeIndex].builtin)
            return nanoseconds(of: node, kind, in: subgraph, depth: 0, &work) / 1e9
        }
    }

    /// The most operators with subgraphs inside each other that are followed.
    private static let largestDepth = 8

    private func nanoseconds(ofSubgraph index: Int, depth: Int, _ work: inout FileWork) -> Double {
        guard model.subgraphs.indices.contains(index), depth <= Self.largestDepth else { return 0 }
        let subgraph = model.subgraphs[index]
        var (sum, wasDelegated) = (0.0, true)
        for node in subgraph.operators {
            let kind = OperatorClass(model[node.opcodeIndex].builtin)
            let isDelegated = kind != .other && kind != .recurrence
            if isDelegated != wasDelegated { sum += costs.rates.partitionBreak }
            wasDelegated = isDelegated
            sum += nanoseconds(of: node, kind, in: subgraph, depth: depth, &work)
        }
        return sum
    }

    private func nanoseconds(
        of node: TFLiteOperator, _ kind: OperatorClass, in subgraph: TFLiteSubgraph, depth: Int,
        _ work: inout FileWork
    ) -> Double {
        switch node.options?.table {
        case let loop as WhileOptions:
            let rounds = LoopRounds(model).count(of: node, loop, in: subgraph) ?? 1
            let body = nanoseconds(ofSubgraph: loop.bodySubgraph, depth: depth + 1, &work)
            let copies = costs.time(
                of: OperatorWork(.move, activationBytes: bytes(node, in: subgraph).activations),
                residentBytes: 0)
            return Double(rounds) * (body + copies + costs.rates.loopRound)
        case let branch as IfOptions:
            return max(
                nanoseconds(ofSubgraph: branch.thenSubgraph, depth: depth + 1, &work),
                nanoseconds(ofSubgraph: branch.elseSubgraph, depth: depth + 1, &work))
        default:
            let bytes = bytes(node, in: subgraph)
            return costs.time(
                of: OperatorWork(
                    kind, multiplyAccumulates: work.multiplyAccumulates(of: node, in: subgraph),
                    activationBytes: bytes.activations, weightBytes: bytes.weights,
                    spread: kind == .depthwise ? spread(node, in: subgraph) : nil),
                residentBytes: residentBytes)
        }
    }

    /// What a depthwise convolution does if it makes several channels of each one.
    private func spread(_ node: TFLiteOperator, in subgraph: TFLiteSubgraph) -> ChannelSpread? {
        let shapes = (node.inputs.prefix(2) + node.outputs.prefix(1)).map {
            $0.isAbsent ? [] : subgraph[$0].shape
        }
        guard shapes.count == 3 else { return nil }
        return ChannelSpread(input: shapes[0], filter: shapes[1], output: shapes[2])
    }

    /// Bytes of the computed and of the constant tensors that an operator reads and writes.
    private func bytes(
        _ node: TFLiteOperator, in subgraph: TFLiteSubgraph
    ) -> (activations: Int, weights: Int) {
        var (activations, weights) = (0, 0)
        for index in node.inputs + node.outputs where !index.isAbsent {
            let tensor = subgraph[index]
            let size = tensor.type.dtype?.byteCount ?? 4
            let count = saturatingProduct(Shape(tensor.shape).elementCount, size)
            if model.source(of: tensor) == nil {
                activations = saturatingSum(activations, count)
            } else {
                weights = saturatingSum(weights, count)
            }
        }
        return (activations, weights)
    }
}
