import GraphIR

extension Pad: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        [try step.builder.trimmed(step.gradient, amounts)]
    }
}
