import GraphIR
import Tensors

extension BatchMatMul: Differentiable {
    func gradients(_ step: GradientStep) throws -> [ValueID?] {
        let builder = step.builder
        let (a, b, gradient) = (step.inputs[0], step.inputs[1], step.gradient)
        func product(
            _ left: ValueID, _ right: ValueID, _ adjointLeft: Bool, _ adjointRight: Bool,
            to shape: Shape
        ) throws -> ValueID {
            let op = BatchMatMul(adjointA: adjointLeft, adjointB: adjointRight).op
            return try builder.summed(builder.add(op, [left, right]), to: shape)
        }
        let first =
            step.isWanted[0]
            ? adjointA
                ? try product(b, gradient, adjointB, true, to: step.shape(0))
                : try product(gradient, b, false, !adjointB, to: step.shape(0)) : nil
        let second =
            step.isWanted[1]
            ? adjointB
                ? try product(gradient, a, true, adjointA, to: step.shape(1))
                : try product(a, gradient, !adjointA, false, to: step.shape(1)) : nil
        return [first, second]
    }
}
