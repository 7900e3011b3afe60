import GraphIR
import Tensors

extension Reduce: Differentiable {
    func hasGradient(for inputs: [TensorType]) -> Bool { kind == .sum || kind == .mean }

    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let builder = step.builder
        let x = step.shape(0)
        let kept = try builder.reshape(
            step.gradient, x.dims.enumerated().map { axes.contains($0) ? 1 : $1 })
        let count = kind == .mean ? axes.reduce(1) { $0 * x[$1] } : 1
        let ones = Constant(
            Tensor([Float](repeating: 1 / Float(max(count, 1)), count: x.elementCount), x))
        return [try builder.multiply(kept, builder.constant(ones, role: "shares"))]
    }
}
