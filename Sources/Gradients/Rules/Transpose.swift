import GraphIR

extension Transpose: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let inverse = permutation.indices.map { permutation.firstIndex(of: $0) ?? $0 }
        return [try step.builder.transpose(step.gradient, inverse)]
    }
}
