import GraphIR

extension Concatenate: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let sizes = step.inputs.indices.map { step.shape($0)[axis] }
        var begin = 0
        return try step.inputs.indices.map { index in
            defer { begin += sizes[index] }
            guard step.isWanted[index] else { return nil }
            return try step.builder.slice(
                step.gradient, axis: axis, from: begin, count: sizes[index])
        }
    }
}
