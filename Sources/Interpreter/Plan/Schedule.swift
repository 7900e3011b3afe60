import Kernels
import TFLiteFormat
import Tensors

extension Plan {
    /// The steps that give the same outputs where nobody looks at the values in between.
    ///
    /// x·sigmoid(x) of floats is one step.
    ///
    /// - Parameter kept: the tensors that are needed behind the steps.
    static func schedule(
        _ steps: [Step], types: [PlannedType?], kept: [Int], isPlainProduct: (Step) -> Bool
    ) -> [Step] {
        var readers: [Int: [Int]] = [:]
        for (index, step) in steps.enumerated() {
            for tensor in step.inputs { readers[tensor, default: []].append(index) }
        }
        var schedule: [Step?] = steps
        for (index, gate) in steps.enumerated() where gate.name == .logistic {
            guard let x = gate.inputs.first, let y = gate.outputs.first, !kept.contains(y),
                let type = types[x], type.dtype == .float32, types[y] == type,
                let reader = readers[y], reader.count == 1, steps[reader[0]].name == .mul,
                [[x, y], [y, x]].contains(steps[reader[0]].inputs), isPlainProduct(steps[reader[0]])
            else { continue }
            schedule[index] = nil
            schedule[reader[0]] = steps[reader[0]].swish(of: x, count: type.shape.elementCount)
        }
        return schedule.compactMap { $0 }
    }
}

extension Step {
    /// The step with x·sigmoid(x) for its result.
    fileprivate func swish(of x: Int, count: Int) -> Step {
        let result = outputs[0]
        return Step(position: position, name: name, inputs: [x], outputs: outputs, sharing: .none) {
            frame in
            FastKernels.swish(
                count: count, input: frame.floats(x), output: frame.floatOutput(result),
                threads: frame.threads)
        }
    }
}
