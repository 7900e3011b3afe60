import GraphIR
import Tensors

extension Binary: Differentiable {
    func hasGradient(for inputs: [TensorType]) -> Bool {
        switch kind {
        case .add, .subtract, .multiply, .divide, .maximum, .minimum, .squaredDifference: true
        default: false
        }
    }

    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let step = try step.before(activation)
        return try step.inputs.indices.map { index in
            guard step.isWanted[index], let gradient = try gradient(step, of: index) else {
                return nil
            }
            return try step.builder.summed(gradient, to: step.shape(index))
        }
    }

    private func gradient(_ step: GradientStep, of index: Int) throws -> ValueID? {
        let builder = step.builder
        let (a, b, gradient) = (step.inputs[0], step.inputs[1], step.gradient)
        let isFirst = index == 0
        switch kind {
        case .add: return gradient
        case .subtract: return isFirst ? gradient : try builder.unary(.neg, gradient)
        case .multiply: return try builder.multiply(gradient, isFirst ? b : a)
        case .divide:
            let share = try builder.divide(gradient, b)
            guard !isFirst else { return share }
            return try builder.unary(.neg, builder.multiply(share, step.output))
        case .squaredDifference:
            let slope = try builder.binary(
                .multiply, builder.subtract(a, b), isFirst ? 2 : -2)
            return try builder.multiply(gradient, slope)
        case .maximum, .minimum:
            let isChosen = try builder.binary(.equal, step.inputs[index], step.output)
            return try builder.select(isChosen, gradient, builder.scalar(0, like: gradient))
        default: return nil
        }
    }
}
