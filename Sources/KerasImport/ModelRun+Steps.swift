import GraphIR
import KerasFormat
import KerasWeights
import Problems
import Tensors

extension ModelRun {
    /// Builds a call of a model on every step of its inputs, all steps at once.
    ///
    /// - Parameter depth: how many axes of steps there are.
    func buildForEveryStep(
        _ model: ModelDescription, depth: Int, at path: LayerPath, inputs: [BuiltTensor],
        isTraining: Bool
    ) throws -> [BuiltTensor?] {
        builder.layer = path.description
        guard let x = inputs.first?.value, builder.shape(of: x).rank >= 2 else {
            throw Problem(.invalidShape("the input has no steps"))
        }
        let folded = try inputs.map {
            BuiltTensor(
                value: try builder.foldTime($0.value), mask: try builder.maskWithinSteps($0.mask))
        }
        let outputs =
            depth > 1
            ? try buildForEveryStep(
                model, depth: depth - 1, at: path, inputs: folded, isTraining: isTraining)
            : try build(model, at: path, inputs: folded, isTraining: isTraining)
        builder.layer = path.description
        return try outputs.map { output in
            guard let output else { return nil }
            let value = try builder.unfoldTime(output.value, like: x)
            let mask =
                version.timeDistributedKeepsMask
                ? inputs[0].mask
                : try builder.maskOfSteps(output.mask, given: inputs[0].mask, like: x)
            return BuiltTensor(value: value, mask: mask)
        }
    }
}
