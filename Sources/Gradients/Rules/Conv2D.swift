import GraphIR
import Tensors

extension Conv2D: Differentiable {
    func hasGradient(for inputs: [TensorType]) -> Bool {
        inputs[0].shape[3] == inputs[1].shape[3]
    }

    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let step = try step.before(activation)
        let builder = step.builder
        let filter = step.shape(1)
        let windows = try WindowGradients(
            step.inputs[0], builder, window: Size2D(filter[1], filter[2]), strides: strides,
            dilations: dilations, padding: padding)
        let spread = try windows.spread(step.gradient)
        return [
            step.isWanted[0] ? try inputGradient(step, windows, spread) : nil,
            step.isWanted[1] ? try filterGradient(step, windows, spread) : nil,
        ] + (try step.biasGradient())
    }

    /// A convolution of the gradient with the mirrored filter, whose channels change places.
    private func inputGradient(
        _ step: GradientStep, _ windows: WindowGradients, _ spread: ValueID
    ) throws -> ValueID {
        let builder = step.builder
        let mirrored = try builder.transpose(
            builder.reversed(step.inputs[1], axes: [1, 2]), [3, 1, 2, 0])
        let covered = try builder.add(
            Conv2D(dilations: dilations).op, [windows.bordered(spread), mirrored])
        return try windows.uncovered(covered)
    }

    /// For each tap the products of what it read and the gradient, summed over all positions.
    private func filterGradient(
        _ step: GradientStep, _ windows: WindowGradients, _ spread: ValueID
    ) throws -> ValueID {
        let builder = step.builder
        let filter = step.shape(1)
        let channels = try builder.transpose(windows.covered(step.inputs[0]), [3, 0, 1, 2])
        let positions = builder.shape(of: spread).dims.dropLast().reduce(1, *)
        let parts = try windows.taps.map { tap in
            try builder.reshape(
                windows.part(of: channels, at: tap, rowAxis: 2), [filter[3], positions])
        }
        let gradient = try builder.transpose(
            builder.reshape(spread, [positions, filter[0]]), [1, 0])
        let products = try builder.add(
            FullyConnected().op, [builder.concatenate(parts, axis: 0), gradient])
        return try builder.transpose(
            builder.reshape(products, [filter[1], filter[2], filter[3], filter[0]]), [3, 0, 1, 2])
    }
}
