import Kernels
import Planning
import TFLiteFormat

/// One operator, ready to run.
struct Step: Sendable {
    /// The position of the operator in its subgraph.
    let position: Int
    let name: BuiltinOperator
    /// The tensors read.
    let inputs: [TensorIndex]
    /// The tensors written.
    let outputs: [TensorIndex]
    /// Whether the output can lie where an input lies.
    let sharing: MemorySharing
    /// What the operator computes, if a neighbour can compute it along.
    let fusible: FusibleForm?
    let run: OperatorFunction

    /// What runs an operator without results.
    static let doNothing: OperatorFunction = { _ in }

    /// What the step reads and writes, as far as memory is concerned.
    var memory: MemoryStep {
        MemoryStep(inputs: inputs.positions, outputs: outputs.positions, sharing: sharing)
    }
}

extension [TensorIndex] {
    /// The positions in the table of a plan.
    var positions: [Int] { map(\.position) }
}

extension Step {
    /// The steps that give the same outputs if nobody looks at the values in between.
    ///
    /// x·sigmoid(x) of floats is one step.
    ///
    /// - Parameter kept: the tensors that are needed after the steps.
    static func fusing(
        _ steps: [Step], types: PerTensor<Plan.PlannedType?>, kept: [TensorIndex]
    ) -> [Step] {
        guard steps.contains(where: { $0.fusible == .sigmoid }) else { return steps }
        var readers: [TensorIndex: [Int]] = [:]
        for (index, step) in steps.enumerated() {
            for tensor in step.inputs { readers[tensor, default: []].append(index) }
        }
        var schedule: [Step?] = steps
        for (index, gate) in steps.enumerated() where gate.fusible == .sigmoid {
            guard let x = gate.inputs.first, let y = gate.outputs.first, !kept.contains(y),
                let type = types[x], type.dtype == .float32, types[y] == type,
                let reader = readers[y], reader.count == 1,
                steps[reader[0]].fusible == .product,
                [[x, y], [y, x]].contains(steps[reader[0]].inputs)
            else { continue }
            schedule[index] = nil
            schedule[reader[0]] = steps[reader[0]].swish(of: x, count: type.shape.elementCount)
        }
        return schedule.compactMap { $0 }
    }

    /// The step with x·sigmoid(x) for its result.
    private func swish(of x: TensorIndex, count: Int) -> Step {
        let result = outputs[0]
        return Step(
            position: position, name: name, inputs: [x], outputs: outputs, sharing: .none,
            fusible: nil
        ) { context in
            FastKernels.swish(
                count: count, input: context.floats(x), output: context.floatOutput(result),
                threads: context.threads)
        }
    }
}
