import GraphIR

extension LeakyReLU: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let builder = step.builder
        let isPositive = try builder.binary(.greater, step.inputs[0], 0)
        let scaled = try builder.binary(.multiply, step.gradient, Double(alpha))
        return [try builder.select(isPositive, step.gradient, scaled)]
    }
}
