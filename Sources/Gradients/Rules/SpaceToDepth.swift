import GraphIR

extension SpaceToDepth: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        [try step.builder.add(DepthToSpace(blockSize: blockSize).op, [step.gradient])]
    }
}
