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
            let work = OperatorWork(
                of: stage.op, inputs: inputs, constants: 1..<inputs.count, outputs: outputs)
            if !stage.op.isClamp { time += costs.time(of: work, residentBytes: residentBytes) }
            multiplyAccumulates = saturatingSum(multiplyAccumulates, work.multiplyAccumulates)
            x = outputs[0]
        }
    }
}

extension Op {
    /// Whether the operation becomes the clamp of the one before it.
    fileprivate var isClamp: Bool {
        guard case .unary(let unary) = self else { return false }
        return Clamp(unary.kind) != nil
    }
}
