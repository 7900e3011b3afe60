import GraphIR
import Tensors

extension Pool2D: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let step = try step.before(activation)
        let windows = try WindowGradients(
            step.inputs[0], step.builder, window: window, strides: strides, dilations: .one,
            padding: padding)
        let covered =
            kind == .max ? try maximumGradient(step, windows) : try averageGradient(step, windows)
        return [try windows.uncovered(covered)]
    }

    /// Equal maxima get the gradient each.
    private func maximumGradient(
        _ step: GradientStep, _ windows: WindowGradients
    ) throws -> ValueID {
        let builder = step.builder
        let covered = try windows.covered(
            step.inputs[0], border: -Float.greatestFiniteMagnitude)
        let (maxima, spread) = try (
            windows.spread(step.output), windows.spread(step.gradient)
        )
        let zero = builder.scalar(0, like: spread)
        let parts = try windows.taps.map { tap in
            let isMaximum = try builder.binary(
                .equal, windows.part(of: covered, at: tap), maxima)
            return try windows.placed(builder.select(isMaximum, spread, zero), at: tap)
        }
        return try parts.dropFirst().reduce(parts[0]) { try builder.add($0, $1) }
    }

    private func averageGradient(
        _ step: GradientStep, _ windows: WindowGradients
    ) throws -> ValueID {
        let builder = step.builder
        let (rows, columns) = (windows.rows, windows.columns)
        let shares = (0..<rows.output).flatMap { row in
            (0..<columns.output).map { column in
                1 / Float(max(rows.taps(at: row).count * columns.taps(at: column).count, 1))
            }
        }
        let share = builder.constant(
            Constant(Tensor(shares, [1, rows.output, columns.output, 1])), role: "shares")
        let spread = try windows.spread(builder.multiply(step.gradient, share))
        let ones = Tensor(
            [Float](repeating: 1, count: rows.kernel * columns.kernel * step.shape(0)[3]),
            [1, rows.kernel, columns.kernel, step.shape(0)[3]])
        return try builder.add(
            DepthwiseConv2D().op,
            [windows.bordered(spread), builder.constant(Constant(ones), role: "ones")])
    }
}
