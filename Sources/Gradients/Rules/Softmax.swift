import GraphIR

extension Softmax: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let builder = step.builder
        let weighted = try builder.multiply(step.gradient, step.output)
        let sum = try builder.reduce(
            .sum, weighted, axes: [step.shape(0).rank - 1], keepDimensions: true)
        return [
            try builder.subtract(weighted, builder.multiply(step.output, sum))
        ]
    }
}
