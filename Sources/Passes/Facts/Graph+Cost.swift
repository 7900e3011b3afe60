import Cost
import GraphIR
import Targets
import Tensors

extension Graph {
    /// Whether operations with constant weights take less time than nodes that they would replace, as a cost model predicts it.
    ///
    /// - Parameters:
    ///   - stages: operations one after the other on the input of the first node, each with the types of its constants.
    ///   - nodes: one after the other, each with constants behind its first input.
    func predictsLess(
        _ stages: [(op: Op, constants: [TensorType])], than nodes: Node..., by cost: CostModel
    ) throws -> Bool {
        guard let first = nodes.first else { return false }
        func time(_ op: Op, _ inputs: [TensorType], _ outputs: [TensorType]) -> Double {
            cost.time(
                of: OperatorWork(
                    of: op, inputs: inputs, constants: 1..<inputs.count, outputs: outputs),
                residentBytes: constantByteCount)
        }
        var (total, x) = (0.0, self[first.inputs[0]].type)
        for stage in stages {
            let inputs = [x] + stage.constants
            let outputs = try stage.op.outputTypes(for: inputs)
            total += time(stage.op, inputs, outputs)
            x = outputs[0]
        }
        return total
            < nodes.reduce(0) { $0 + time($1.op, types(of: $1.inputs), types(of: $1.outputs)) }
    }
}
