import GraphIR
import Tensors

extension Unary: Differentiable {
    func hasGradient(for inputs: [TensorType]) -> Bool {
        switch kind {
        case .floor, .ceil, .round, .sign, .logicalNot: false
        default: true
        }
    }

    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let builder = step.builder
        let (x, y, gradient) = (step.inputs[0], step.output, step.gradient)
        switch kind {
        case .relu: return [try builder.passing(gradient, through: y, from: 0, to: .infinity)]
        case .relu6: return [try builder.passing(gradient, through: y, from: 0, to: 6)]
        case .reluN1To1: return [try builder.passing(gradient, through: y, from: -1, to: 1)]
        case .relu0To1: return [try builder.passing(gradient, through: y, from: 0, to: 1)]
        default: break
        }
        return [try slope(builder, x, y).map { try builder.multiply(gradient, $0) }]
    }

    /// The derivative of a smooth function; nil for those that have none.
    private func slope(_ builder: GraphBuilder, _ x: ValueID, _ y: ValueID) throws -> ValueID? {
        let one = builder.scalar(1, like: x)
        switch kind {
        case .abs: return try builder.unary(.sign, x)
        case .neg: return builder.scalar(-1, like: x)
        case .exp: return y
        case .log: return try builder.divide(one, x)
        case .sqrt: return try builder.divide(builder.scalar(0.5, like: x), y)
        case .rsqrt:
            return try builder.binary(
                .multiply, builder.multiply(y, builder.unary(.square, y)), -0.5)
        case .square: return try builder.binary(.multiply, x, 2)
        case .sin: return try builder.unary(.cos, x)
        case .cos: return try builder.unary(.neg, builder.unary(.sin, x))
        case .tanh: return try builder.subtract(one, builder.unary(.square, y))
        case .sigmoid: return try builder.multiply(y, builder.subtract(one, y))
        case .elu:
            let isPositive = try builder.binary(.greater, x, 0)
            return try builder.select(isPositive, one, builder.binary(.add, y, 1))
        case .hardSwish:
            // x · (x + 3) / 6 between −3 and 3.
            let inside = try builder.binary(.divide, builder.binary(.add, x, 1.5), 3)
            let above = try builder.select(builder.binary(.greater, x, 3), one, inside)
            return try builder.select(
                builder.binary(.less, x, -3), builder.scalar(0, like: x), above)
        case .relu, .relu6, .reluN1To1, .relu0To1, .floor, .ceil, .round, .sign, .logicalNot:
            return nil
        }
    }
}
