import GraphIR

extension Reshape: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        [try step.builder.reshape(step.gradient, step.shape(0).dims)]
    }
}
