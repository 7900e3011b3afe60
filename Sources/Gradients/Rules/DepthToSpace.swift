import GraphIR

extension DepthToSpace: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        [try step.builder.add(SpaceToDepth(blockSize: blockSize).op, [step.gradient])]
    }
}
