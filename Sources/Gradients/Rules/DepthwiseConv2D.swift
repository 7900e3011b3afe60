import GraphIR
import Tensors

extension DepthwiseConv2D: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let step = try step.before(activation)
        let builder = step.builder
        let (x, filter) = (step.shape(0), step.shape(1))
        let windows = try WindowGradients(
            step.inputs[0], builder, window: Size2D(filter[1], filter[2]), strides: strides,
            dilations: dilations, padding: padding)
        let spread = try windows.spread(step.gradient)
        let multiplier = filter[3] / x[3]
        return [
            step.isWanted[0] ? try inputGradient(step, windows, spread, multiplier) : nil,
            step.isWanted[1] ? try filterGradient(step, windows, spread, multiplier) : nil,
        ] + (try step.biasGradient())
    }

    private func inputGradient(
        _ step: GradientStep, _ windows: WindowGradients, _ spread: ValueID, _ multiplier: Int
    ) throws -> ValueID {
        let builder = step.builder
        let mirrored = try builder.reversed(step.inputs[1], axes: [1, 2])
        let covered = try builder.add(
            DepthwiseConv2D(dilations: dilations).op, [windows.bordered(spread), mirrored])
        let all = try windows.uncovered(covered)
        guard multiplier > 1 else { return all }
        let x = step.shape(0)
        return try builder.reduce(
            .sum, builder.reshape(all, x.dims + [multiplier]), axes: [x.rank])
    }

    private func filterGradient(
        _ step: GradientStep, _ windows: WindowGradients, _ spread: ValueID, _ multiplier: Int
    ) throws -> ValueID {
        let builder = step.builder
        let filter = step.shape(1)
        var covered = try windows.covered(step.inputs[0])
        if multiplier > 1 {
            covered = try builder.gathered(
                covered, (0..<filter[3]).map { $0 / multiplier }, axis: 3)
        }
        let sums = try windows.taps.map { tap in
            let products = try builder.multiply(windows.part(of: covered, at: tap), spread)
            return try builder.reduce(.sum, products, axes: [0, 1, 2])
        }
        return try builder.reshape(builder.concatenate(sums, axis: 0), filter.dims)
    }
}
