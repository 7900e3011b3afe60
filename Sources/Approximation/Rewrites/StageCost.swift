import Cost
import Foundations
import GraphIR
import Targets
import Tensors

/// What stages cost in one run, as the model of a target predicts it.
package struct StageCost: Sendable, Equatable {
    /// Nanoseconds.
    package var time = 0.0
    package var multiplyAccumulates = 0

    /// The cost of stages one after the other.
    init(of stages: [Stage], from input: TensorType, costs: CostModel, residentBytes: Int) throws {
        var x = input
        for stage in stages {
            let inputs = [x] + stage.constants.map { TensorType($0.dtype, $0.shape) }
            let outputs = try stage.op.outputTypes(for: inputs)
            add(
                stage.op,
                OperatorWork(
                    of: stage.op, inputs: inputs, constants: 1..<inputs.count, outputs: outputs),
                outputs, costs, residentBytes: residentBytes)
            x = outputs[0]
        }
    }

    /// The cost of nodes of a graph, with constants as their last inputs.
    init(of nodes: [Node], in graph: Graph, costs: CostModel) {
        for node in nodes {
            let inputs = node.inputs.map { graph[$0].type }
            let first = node.inputs.firstIndex { graph.isConstant($0) } ?? inputs.count
            let outputs = node.outputs.map { graph[$0].type }
            add(
                node.op,
                OperatorWork(
                    of: node.op, inputs: inputs, constants: first..<inputs.count, outputs: outputs),
                outputs, costs, residentBytes: graph.cost.parameterBytes)
        }
    }

    private mutating func add(
        _ op: Op, _ work: OperatorWork, _ outputs: [TensorType], _ costs: CostModel,
        residentBytes: Int
    ) {
        multiplyAccumulates = saturatingSum(multiplyAccumulates, work.multiplyAccumulates)
        guard !op.isClamp else { return }
        var padded = work
        padded.multiplyAccumulates = op.paddedProducts(
            work, channels: outputs.first?.shape.dims.last ?? 1, tile: costs.rates.channelTile)
        time += costs.time(of: padded, residentBytes: residentBytes)
    }
}

extension Op {
    /// Whether the operation becomes the clamp of the one before it.
    fileprivate var isClamp: Bool {
        guard case .unary(let unary) = self else { return false }
        return Clamp(unary.kind) != nil
    }

    /// The products that take the time of an operation whose output channels do not fill the last tile.
    fileprivate func paddedProducts(_ work: OperatorWork, channels: Int, tile: Int) -> Int {
        guard [.conv2D, .fullyConnected].contains(kind), channels > 0 else {
            return work.multiplyAccumulates
        }
        let full = (channels + tile - 1) / tile * tile
        return saturatingProduct(work.multiplyAccumulates / channels, full)
    }
}
