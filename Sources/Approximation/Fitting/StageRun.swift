import Evaluation
import Foundations
import Problems
import Tensors

/// Runs stages on several samples at the same time.
package enum StageRun {
    /// What stages make of inputs, one after the other.
    ///
    /// - Throws: `Problem` if a stage cannot compute.
    package static func outputs(
        of stages: [Stage], on inputs: [Tensor], threads: ThreadBudget
    ) throws -> [Tensor] {
        guard !stages.isEmpty else { return inputs }
        let constants = stages.map { $0.constants.map { $0.tensor() } }
        return try threads.map(inputs.count) { sample in
            try zip(stages, constants).reduce(inputs[sample]) { x, stage in
                try stage.0.op.evaluate(inputs: [x] + stage.1, precision: .fast)[0]
            }
        }
    }
}
