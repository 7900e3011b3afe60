import Kernels
import Planning
import TFLiteFormat

/// One operator, ready to run.
struct Step: Sendable {
    /// The position of the operator in its subgraph.
    let position: Int
    let name: BuiltinOperator
    /// What the step reads and writes.
    let memory: MemoryStep
    /// What the operator computes, if a neighbour can compute it along.
    let fusible: FusibleForm?
    let run: OperatorFunction

    /// What runs an operator without results.
    static let doNothing: OperatorFunction = { _ in }

    var inputs: [Int] { memory.inputs }
    var outputs: [Int] { memory.outputs }
}

extension Step {
    /// The steps that give the same outputs if nobody looks at the values in between.
    ///
    /// x·sigmoid(x) of floats is one step.
    ///
    /// - Parameter kept: the tensors that are needed after the steps.
    static func fusing(
        _ steps: [Step], types: [Plan.PlannedType?], kept: [Int]
    ) -> [Step] {
        var readers: [Int: [Int]] = [:]
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
    private func swish(of x: Int, count: Int) -> Step {
        let result = outputs[0]
        return Step(
            position: position, name: name, memory: MemoryStep(inputs: [x], outputs: outputs),
            fusible: nil
        ) { context in
            FastKernels.swish(
                count: count, input: context.floats(x), output: context.floatOutput(result),
                threads: context.threads)
        }
    }
}
